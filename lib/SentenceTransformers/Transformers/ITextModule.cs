namespace SentenceTransformers;

/// <summary>A first module that reads text: it has the tokenizer, and makes batches of what the tokenizer gives.</summary>
internal interface ITextModule : IModule
{
    /// <summary>The folder that it was loaded from, for messages.</summary>
    string Folder { get; }

    Tokenizer Tokenizer { get; }

    int MaxSequenceLength { get; }

    /// <summary>How many numbers its output has: for each token, or for each text.</summary>
    int EmbeddingDimension { get; }

    TokenEncoding Tokenize(string text, int? maxLength = null, string? pair = null);

    Features Batch(IReadOnlyList<TokenEncoding> encodings, int promptLength = 0);
}
