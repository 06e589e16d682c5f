using System.Buffers.Binary;
using System.Text;

namespace SentenceTransformers;

/// <summary>The replacements that SentencePiece compiles its normalization into: a trie of UTF-8 bytes, and what to write instead.</summary>
/// <remarks>
/// <c>precompiled_charsmap</c> of a SentencePiece model: the trie's size in bytes, a double array of 32-bit units (as
/// Darts-clone writes it), then the replacements, each ended by a zero byte. The format is that of the crate spm_precompiled.
/// A node with base b has its child by byte c at b XOR c, and its value, where in the replacements to begin, at b.
/// </remarks>
internal sealed class PrecompiledCharsmap
{
    // The longest of SentencePiece's own is 33 bytes; a bound keeps a short text from growing without one.
    private const int MaximumReplacement = 1024;
    private const uint HasValue = 1 << 8;
    private const uint ValueMask = int.MaxValue;

    // Value units have the highest bit set and so are no byte's child.
    private const uint LabelMask = ~ValueMask | 0xFF;

    private readonly uint[] units;
    private readonly byte[] replacements;

    private PrecompiledCharsmap(uint[] units, byte[] replacements)
    {
        this.units = units;
        this.replacements = replacements;
    }

    /// <summary>Reads the binary form, and makes sure that no text can lead outside it.</summary>
    /// <param name="bytes">The charsmap.</param>
    /// <param name="invalid">Makes an error that names the file and the key from what is wrong.</param>
    public static PrecompiledCharsmap Read(
        ReadOnlySpan<byte> bytes,
        Func<string, ModelFormatException> invalid
    )
    {
        var size = bytes.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (size < 4 || size > bytes.Length - 4)
            throw invalid(
                $"the trie has {size} bytes, expected 4 to {Math.Max(0, bytes.Length - 4)}, what follows its size"
            );
        var units = new uint[size / 4];
        for (var i = 0; i < units.Length; i++)
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 + 4 * i)..]);
        // A size that is no multiple of 4 leaves its last bytes to the replacements, as in the crate.
        var replacements = bytes[(4 + 4 * units.Length)..].ToArray();
        CheckUnits(units, replacements, invalid);
        return new PrecompiledCharsmap(units, replacements);
    }

    /// <summary>What to write instead of a text: the replacement of the shortest beginning of it that has one.</summary>
    /// <remarks>The shortest, and then for the whole text, because the crate does so.</remarks>
    /// <param name="text">A grapheme cluster or a code point, in UTF-8.</param>
    /// <param name="replacement">The replacement, in UTF-8; it may be empty.</param>
    public bool TryReplace(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        var start = Base(0, units[0]);
        foreach (var label in text)
        {
            var node = start ^ label;
            var unit = units[node];
            if (label == 0 || (unit & LabelMask) != label)
                break;
            start = Base(node, unit);
            if ((unit & HasValue) == 0)
                continue;
            var rest = replacements.AsSpan((int)(units[start] & ValueMask));
            var length = rest.IndexOf((byte)0);
            replacement = length < 0 ? rest : rest[..length];
            return true;
        }
        replacement = default;
        return false;
    }

    // The unit's offset, far ones in steps of 256, is relative to where the unit lies.
    private static uint Base(uint node, uint unit) =>
        node ^ ((unit >> 10) << (int)((unit & (1 << 9)) >> 6));

    private static void CheckUnits(
        uint[] units,
        byte[] replacements,
        Func<string, ModelFormatException> invalid
    )
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(replacements);
        }
        catch (DecoderFallbackException)
        {
            throw invalid("the replacements are not valid UTF-8");
        }
        var ends = ReplacementEnds(replacements);
        for (uint node = 0; node < units.Length; node++)
        {
            var unit = units[node];
            if (node != 0 && (unit & ~ValueMask) != 0)
                continue;
            // The 255 children of a base fill the block of 256 that it lies in.
            var start = Base(node, unit);
            if ((start | 0xFF) >= units.Length)
                throw invalid($"the trie's unit {node} points outside the {units.Length} units");
            if ((unit & HasValue) == 0)
                continue;
            var value = units[start] & ValueMask;
            if (value > replacements.Length || !IsBoundary(replacements, (int)value))
                throw invalid(
                    $"the trie's unit {node} has the value {value}, no character of the {replacements.Length} bytes of replacements"
                );
            if (ends[value] - value > MaximumReplacement)
                throw invalid(
                    $"the replacement at {value} has {ends[value] - value} bytes, expected at most {MaximumReplacement}"
                );
        }
    }

    private static bool IsBoundary(byte[] text, int index) =>
        index == text.Length || (text[index] & 0xC0) != 0x80;

    // Where the replacement that holds each byte ends; shape [length + 1].
    private static int[] ReplacementEnds(byte[] replacements)
    {
        var ends = new int[replacements.Length + 1];
        ends[^1] = replacements.Length;
        for (var i = replacements.Length - 1; i >= 0; i--)
            ends[i] = replacements[i] == 0 ? i : ends[i + 1];
        return ends;
    }
}
