using System.Text;

namespace SentenceTransformers;

/// <summary>BERT's words: white space separates them, every punctuation mark is one by itself.</summary>
/// <remarks>After <c>pre_tokenizers/bert.rs</c> of Hugging Face tokenizers.</remarks>
internal static class BertPreTokenizer
{
    /// <summary>Finds the next word of a normalized text at or after <paramref name="end"/>; it is text[start..end].</summary>
    /// <returns>False when there is none.</returns>
    public static bool NextWord(ReadOnlySpan<char> text, out int start, ref int end)
    {
        start = end;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text[end..], out var rune, out var length);
            if (UnicodeTables.Has(rune.Value, CodePointTraits.WhiteSpace))
            {
                if (end > start)
                    return true;
                start = end += length;
            }
            else if (UnicodeTables.Has(rune.Value, CodePointTraits.Punctuation))
            {
                if (end == start)
                    end += length;
                return true;
            }
            else
                end += length;
        }
        return end > start;
    }
}
