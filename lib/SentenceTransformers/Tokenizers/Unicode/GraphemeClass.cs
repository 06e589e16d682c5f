namespace SentenceTransformers;

/// <summary>What a code point does to the boundary between grapheme clusters; the names are Unicode's (UAX #29).</summary>
internal enum GraphemeClass : byte
{
    /// <summary>Stands alone, and ends what is before it.</summary>
    Other,

    /// <summary>Stands alone even before a mark; CR and LF are such, and only CR LF stay together.</summary>
    Control,

    /// <summary>Joins what is before it.</summary>
    Extend,

    /// <summary>U+200C: extends, and ends an Indic conjunct.</summary>
    NonJoiner,

    /// <summary>U+200D: extends, and joins pictographs.</summary>
    Joiner,

    /// <summary>A virama: extends, and joins consonants.</summary>
    Linker,

    /// <summary>Joins what is before it, but no pictographs.</summary>
    SpacingMark,

    /// <summary>Joins what is after it.</summary>
    Prepend,

    /// <summary>An emoji or like one.</summary>
    Pictograph,

    /// <summary>A consonant of a script that writes conjuncts.</summary>
    Consonant,

    /// <summary>A leading Hangul consonant.</summary>
    HangulL,

    /// <summary>A Hangul vowel.</summary>
    HangulV,

    /// <summary>A trailing Hangul consonant.</summary>
    HangulT,

    /// <summary>A Hangul syllable without a trailing consonant.</summary>
    HangulLV,

    /// <summary>A Hangul syllable with a trailing consonant.</summary>
    HangulLVT,

    /// <summary>Half of a flag.</summary>
    Regional,
}
