namespace SentenceTransformers;

/// <summary>What a BERT tokenizer asks of a code point.</summary>
[Flags]
internal enum CodePointTraits : byte
{
    None = 0,

    /// <summary>Deleted when text is cleaned: control, format and private-use characters, U+0000 and U+FFFD.</summary>
    Removed = 1,
    WhiteSpace = 2,

    /// <summary>ASCII punctuation or Unicode category P: a word of its own.</summary>
    Punctuation = 4,

    /// <summary>Unicode category Mn: deleted when accents are stripped.</summary>
    NonSpacingMark = 8,

    /// <summary>Matched by \w of a regular expression.</summary>
    WordCharacter = 16,
    Lowercases = 32,
    Decomposes = 64,

    /// <summary>A combining class other than 0: its place among its neighbours depends on it.</summary>
    NonStarter = 128,
}
