namespace SentenceTransformers;

/// <summary>Spells each byte of the text's UTF-8 as one character.</summary>
internal sealed class ByteLevelNormalizer : INormalizer
{
    public SourcedText Normalize(SourcedText text) => ByteAlphabet.Spell(text);
}
