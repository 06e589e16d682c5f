using System.Runtime.InteropServices;

namespace SentenceTransformers;

/// <summary>Takes the white space that a token spells out of its offsets: "Ġhello" lies where "hello" does.</summary>
/// <remarks>After <c>process_offsets</c> in <c>pre_tokenizers/byte_level.rs</c> of Hugging Face tokenizers.</remarks>
/// <param name="addPrefixSpace">Whether one space before the text was put there, and has no place in it.</param>
internal sealed class OffsetTrimming(bool addPrefixSpace)
{
    /// <summary>Trims the tokens of one text.</summary>
    public void Apply(List<FoundToken> tokens)
    {
        var span = CollectionsMarshal.AsSpan(tokens);
        for (var i = 0; i < span.Length; i++)
        {
            ref var token = ref span[i];
            var (leading, trailing) = (CountSpaces(token.Text, 1), CountSpaces(token.Text, -1));
            var wasPutThere = addPrefixSpace && leading == 1 && (i == 0 || token.Start == 0);
            if (!wasPutThere)
                token.Start = Math.Min(token.Start + leading, token.End);
            if (token.End >= trailing)
                token.End = Math.Max(token.End - trailing, token.Start);
        }
    }

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
