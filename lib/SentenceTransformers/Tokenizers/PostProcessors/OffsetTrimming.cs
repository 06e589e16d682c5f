using System.Runtime.InteropServices;

namespace SentenceTransformers;

/// <summary>Takes the white space that a token spells out of its offsets: "Ġhello" lies where "hello" does.</summary>
/// <remarks>After <c>process_offsets</c> in <c>pre_tokenizers/byte_level.rs</c> of Hugging Face tokenizers.</remarks>
/// <param name="addPrefixSpace">Whether one space before the text was put there, and has no place in it.</param>
internal sealed class OffsetTrimming(bool addPrefixSpace)
{
    /// <summary>Trims the tokens of one text, by as many of its code points as there are spaces in the token.</summary>
    public void Apply(string text, List<FoundToken> tokens)
    {
        var span = CollectionsMarshal.AsSpan(tokens);
        for (var i = 0; i < span.Length; i++)
        {
            ref var token = ref span[i];
            var (leading, trailing) = (CountSpaces(token.Text, 1), CountSpaces(token.Text, -1));
            if (addPrefixSpace && leading == 1 && (i == 0 || token.Start == 0))
                leading = 0;
            for (; leading > 0 && token.Start < token.End; leading--)
                token.Start += IsPair(text, token.Start) ? 2 : 1;
            if (HasCodePoints(text.AsSpan(0, token.End), trailing))
                for (; trailing > 0 && token.End > token.Start; trailing--)
                    token.End -= IsPair(text, token.End - 2) ? 2 : 1;
        }
    }

    private static bool HasCodePoints(ReadOnlySpan<char> text, int count)
    {
        foreach (var _ in text.EnumerateRunes())
            if (--count <= 0)
                return true;
        return count <= 0;
    }

    private static bool IsPair(string text, int index) =>
        index >= 0 && index + 1 < text.Length && char.IsSurrogatePair(text, index);

    // From the beginning (1) or the end (-1); every white space character is one UTF-16 unit.
    private static int CountSpaces(string text, int step)
    {
        var count = 0;
        for (var i = step > 0 ? 0 : text.Length - 1; i >= 0 && i < text.Length; i += step, count++)
            if (
                text[i] != ByteAlphabet.Space
                && !UnicodeTables.Has(text[i], CodePointTraits.WhiteSpace)
            )
                break;
        return count;
    }
}
