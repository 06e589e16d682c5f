namespace Workbook;

/// <summary>Mistakes that leave a program running and its numbers wrong.</summary>
public enum Damage
{
    /// <summary>No mistake: what all others are compared with.</summary>
    None,

    /// <summary>The mean counts the padding: it divides by the batch's length instead of the mask's sum.</summary>
    MaskIgnored,

    /// <summary>The last token is taken where the batch ends, not where the text does.</summary>
    LastTokenOfTheBatch,

    /// <summary>The text is lower-cased as for an "uncased" BERT, which takes Hangul syllables apart on the way.</summary>
    LowerCased,

    /// <summary>The text arrives in letters instead of syllables (NFD), as file names from macOS do.</summary>
    Decomposed,

    /// <summary>Symbols (+, °, $, emoji) vanish before the tokenizer sees them.</summary>
    SymbolsDropped,

    /// <summary>Only the first 16 tokens are read.</summary>
    CutAt16,

    /// <summary>Dot products of vectors that do not have length 1 are taken for cosines.</summary>
    NotNormalized,
}
