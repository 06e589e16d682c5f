namespace SentenceTransformers;

/// <summary>One normalizer after another.</summary>
internal sealed class SequenceNormalizer(IReadOnlyList<INormalizer> normalizers) : INormalizer
{
    // Compatibility decomposition, spelled as bytes, comes to less; replacements of replacements would never end.
    private const int MaximumGrowth = 100;
    private const int AlwaysAllowed = 10_000;

    /// <inheritdoc/>
    /// <exception cref="ModelFormatException">The text grows beyond measure.</exception>
    public SourcedText Normalize(SourcedText text)
    {
        var changed = text;
        foreach (var normalizer in normalizers)
        {
            changed = normalizer.Normalize(changed);
            if (changed.Length > (long)text.Length * MaximumGrowth + AlwaysAllowed)
                throw new ModelFormatException(
                    "tokenizer.json",
                    $"normalizer: makes {changed.Length:N0} characters of {text.Length:N0}"
                );
        }
        return changed;
    }
}
