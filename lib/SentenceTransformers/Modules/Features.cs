namespace SentenceTransformers;

/// <summary>What flows through the modules for one batch: ids and mask, then token embeddings, then sentence embeddings.</summary>
/// <remarks>The counterpart of the <c>features</c> dictionary of sentence-transformers. Arrays are row after row.</remarks>
public sealed class Features
{
    /// <summary>Token ids; shape [batch, tokens].</summary>
    public required long[] InputIds { get; init; }

    /// <summary>1 for a token, 0 for padding; shape [batch, tokens].</summary>
    public required long[] AttentionMask { get; init; }

    /// <summary>Segment ids; shape [batch, tokens].</summary>
    public required long[] TokenTypeIds { get; init; }

    /// <summary>How many texts the batch holds.</summary>
    public required int BatchSize { get; init; }

    /// <summary>How many tokens each row holds, padding included.</summary>
    public required int TokenCount { get; init; }

    /// <summary>How many leading tokens belong to the prompt (its special token included); 0 without a prompt.</summary>
    public int PromptLength { get; init; }

    /// <summary>A vector for each token, set by the transformer.</summary>
    public TokenEmbeddings? TokenEmbeddings { get; set; }

    /// <summary>A vector for each text that takes the place of its first token in <see cref="PoolingMode.Cls"/>; null for that token's own. Shape [batch][dimension].</summary>
    public float[][]? ClsTokenEmbeddings { get; set; }

    /// <summary>What the means divide each text's sum by, where a module weighted the tokens; null for their number. Shape [batch].</summary>
    public float[]? TokenWeightsSum { get; set; }

    /// <summary>A number for each label, set by a cross-encoder's transformer before any activation; shape [batch][labels].</summary>
    public float[][]? Logits { get; set; }

    /// <summary>A vector for each text, set by pooling; shape [batch][dimension].</summary>
    public float[][]? SentenceEmbeddings { get; set; }

    /// <summary>Token sequences as one batch, padded on the right to the longest.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal static Features Of(
        IReadOnlyList<TokenEncoding> encodings,
        int padTokenId,
        bool withTypes,
        int promptLength
    )
    {
        if (encodings.Count == 0)
            throw new ArgumentException("a batch needs at least one text", nameof(encodings));
        var tokens = encodings.Max(encoding => encoding.Length);
        var features = new Features
        {
            InputIds = new long[encodings.Count * tokens],
            AttentionMask = new long[encodings.Count * tokens],
            TokenTypeIds = new long[encodings.Count * tokens],
            BatchSize = encodings.Count,
            TokenCount = tokens,
            PromptLength = promptLength,
        };
        Array.Fill(features.InputIds, padTokenId);
        for (var row = 0; row < encodings.Count; row++)
        {
            var encoding = encodings[row];
            for (var i = 0; i < encoding.Length; i++)
            {
                features.InputIds[row * tokens + i] = encoding.Ids[i];
                features.AttentionMask[row * tokens + i] = 1;
                if (withTypes)
                    features.TokenTypeIds[row * tokens + i] = encoding.TypeIds[i];
            }
        }
        return features;
    }

    /// <summary>The sentence embeddings for a module that cannot do without, checked to have its dimension.</summary>
    internal float[][] RequireSentenceEmbeddings(string module, int? dimension = null)
    {
        var rows =
            SentenceEmbeddings
            ?? throw new InvalidOperationException(
                $"{module} reads sentence embeddings, and there are none: pooling goes before it"
            );
        if (Array.Find(rows, row => dimension is not null && row.Length != dimension) is { } other)
            throw new InvalidOperationException(
                $"{module} expects {dimension} numbers a text, found {other.Length}"
            );
        return rows;
    }
}
