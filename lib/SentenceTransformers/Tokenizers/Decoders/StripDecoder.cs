using System.Text;

namespace SentenceTransformers;

/// <summary>Takes up to so many of one character from the beginning and the end of each token.</summary>
internal sealed class StripDecoder(Rune character, int start, int end) : IDecoder
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select(Strip)];

    private string Strip(string token)
    {
        var runes = token.EnumerateRunes().ToArray();
        var (first, last) = (0, runes.Length);
        while (first < Math.Min(start, runes.Length) && runes[first] == character)
            first++;
        while (last > first && runes.Length - last < end && runes[last - 1] == character)
            last--;
        return string.Concat(runes[first..last]);
    }
}
