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

    /// <summary>Tokenizes many texts or pairs, on several cores.</summary>
    TokenEncoding[] Tokenize(
        int count,
        Func<int, (string Text, string? Pair)> text,
        int? maxLength,
        int cores,
        CancellationToken cancellation
    )
    {
        const int AtOnce = 64;
        var encodings = new TokenEncoding[count];
        Batches.Run(
            [.. Enumerable.Range(0, count).Chunk(AtOnce)],
            cores,
            texts =>
            {
                foreach (var i in texts)
                {
                    var (first, pair) = text(i);
                    encodings[i] = Tokenize(first, maxLength, pair);
                }
            },
            progress: null,
            cancellation
        );
        return encodings;
    }

    Features Batch(IReadOnlyList<TokenEncoding> encodings, int promptLength = 0);
}
