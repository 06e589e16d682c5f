namespace SentenceTransformers;

/// <summary>How a SentencePiece model cuts text; the numbers are those of sentencepiece_model.proto.</summary>
internal enum SentencePieceAlgorithm
{
    /// <summary>The likeliest pieces.</summary>
    Unigram = 1,

    /// <summary>Merges, the earliest learned first.</summary>
    Bpe = 2,

    /// <summary>Whole words.</summary>
    Word = 3,

    /// <summary>Single characters.</summary>
    Character = 4,
}
