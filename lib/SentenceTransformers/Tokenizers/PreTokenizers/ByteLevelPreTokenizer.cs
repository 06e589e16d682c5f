namespace SentenceTransformers;

/// <summary>GPT-2's words, spelled as bytes; a space belongs to the word behind it.</summary>
/// <remarks>After <c>pre_tokenizers/byte_level.rs</c> of Hugging Face tokenizers.</remarks>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    private readonly SplitPreTokenizer words = new(RegexPattern.Gpt2, SplitBehavior.Isolated);

    public IEnumerable<SourcedText> Split(SourcedText text)
    {
        if (addPrefixSpace && !text.Text.StartsWith(' '))
            text = text.Prepend(" ");
        return (useRegex ? words.Split(text) : [text]).Select(ByteAlphabet.Spell);
    }
}
