namespace SentenceTransformers.Tests;

/// <summary>A folder with a tokenizer's files, written one after another.</summary>
internal sealed class TokenizerFolder : TemporaryFolder
{
    public new TokenizerFolder Write(string name, string content)
    {
        base.Write(name, content);
        return this;
    }

    public new TokenizerFolder Copy(string file, string name)
    {
        base.Copy(file, name);
        return this;
    }

    public WordPieceTokenizer Load() => (WordPieceTokenizer)Tokenizer.Load(Path);
}
