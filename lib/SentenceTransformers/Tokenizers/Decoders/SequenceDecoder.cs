namespace SentenceTransformers;

/// <summary>One decoder after another.</summary>
internal sealed class SequenceDecoder(IReadOnlyList<IDecoder> decoders) : IDecoder
{
    private const int MaximumGrowth = 100;
    private const int AlwaysAllowed = 10_000;

    /// <inheritdoc/>
    /// <exception cref="ModelFormatException">The text grows beyond measure.</exception>
    public List<string> Decode(List<string> tokens)
    {
        var most = Length(tokens) * MaximumGrowth + AlwaysAllowed;
        foreach (var decoder in decoders)
        {
            tokens = decoder.Decode(tokens);
            if (Length(tokens) > most)
                throw new ModelFormatException(
                    "tokenizer.json",
                    $"decoder: makes {Length(tokens):N0} characters"
                );
        }
        return tokens;
    }

    private static long Length(List<string> tokens) => tokens.Sum(token => (long)token.Length);
}
