using System.Text;

namespace SentenceTransformers;

/// <summary>SentencePiece's own normalization (mostly NFKC and tidied white space), which its models bring along.</summary>
/// <remarks>After <c>normalizers/precompiled.rs</c> of Hugging Face tokenizers, not after SentencePiece, which takes the longest match.</remarks>
internal sealed class PrecompiledNormalizer(PrecompiledCharsmap charsmap) : INormalizer
{
    // Longer grapheme clusters are replaced code point by code point.
    private const int MaximumClusterBytes = 5;

    /// <summary>Reads a section of tokenizer.json whose <c>precompiled_charsmap</c> is the charsmap in base 64.</summary>
    /// <exception cref="ModelFormatException">It cannot be used.</exception>
    public static PrecompiledNormalizer Read(JsonFile section)
    {
        const string key = "precompiled_charsmap";
        var text = section.RequiredText(key);
        var bytes = new byte[3 * (text.Length / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? new PrecompiledNormalizer(
                PrecompiledCharsmap.Read(
                    bytes.AsSpan(0, length),
                    problem => section.Invalid(key, problem)
                )
            )
            : throw section.Invalid(key, "not base 64");
    }

    /// <inheritdoc/>
    public SourcedText Normalize(SourcedText text)
    {
        var changes = new List<(int CodePoint, int Change)>(text.Length);
        var isReplaced = false;
        for (
            ReadOnlySpan<char> rest = text.Text, cluster;
            !rest.IsEmpty;
            rest = rest[cluster.Length..]
        )
        {
            cluster = rest[..GraphemeClusters.FirstLength(rest)];
            if (
                cluster.Length <= MaximumClusterBytes
                && Encoding.UTF8.GetByteCount(cluster) <= MaximumClusterBytes
                && TryReplace(cluster, changes)
            )
            {
                isReplaced = true;
                continue;
            }
            for (int i = 0, length; i < cluster.Length; i += length)
            {
                Rune.DecodeFromUtf16(cluster[i..], out var rune, out length);
                if (TryReplace(cluster.Slice(i, length), changes))
                    isReplaced = true;
                else
                    changes.Add((rune.Value, 0));
            }
        }
        return isReplaced ? text.Transform(changes) : text;
    }

    private bool TryReplace(ReadOnlySpan<char> part, List<(int CodePoint, int Change)> changes)
    {
        Span<byte> bytes = stackalloc byte[MaximumClusterBytes];
        var length = Encoding.UTF8.GetBytes(part, bytes);
        if (!charsmap.TryReplace(bytes[..length], out var replacement))
            return false;
        var (before, after) = (CodePoints(part), 0);
        while (!replacement.IsEmpty)
        {
            Rune.DecodeFromUtf8(replacement, out var rune, out var used);
            // What there is more of is inserted.
            changes.Add((rune.Value, ++after > before ? 1 : 0));
            replacement = replacement[used..];
        }
        // What there is less of vanishes behind the last one written; before the first, the reference forgets it.
        if (after < before && changes.Count > 0)
            changes[^1] = (changes[^1].CodePoint, changes[^1].Change - (before - after));
        return true;
    }

    private static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
