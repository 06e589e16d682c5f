namespace SentenceTransformers;

/// <summary>SentencePiece's words: a space becomes a visible sign, ▁, that begins a word.</summary>
/// <remarks>After <c>pre_tokenizers/metaspace.rs</c> of Hugging Face tokenizers.</remarks>
internal sealed class MetaspacePreTokenizer(string sign, MetaspacePrefix prefix, bool split)
    : IPreTokenizer
{
    private readonly LiteralPattern space = new(" ");
    private readonly SplitPreTokenizer words = new(
        new LiteralPattern(sign),
        SplitBehavior.MergedWithNext
    );

    public IEnumerable<SourcedText> Split(SourcedText text)
    {
        var isFirst = text.Length > 0 && text.Start(0) == 0;
        var marked = text.Replace([.. space.Matches(text.Text)], sign);
        if (
            !marked.Text.StartsWith(sign, StringComparison.Ordinal)
            && (prefix == MetaspacePrefix.Always || prefix == MetaspacePrefix.First && isFirst)
        )
            marked = marked.Prepend(sign);
        return split ? words.Split(marked) : [marked];
    }
}
