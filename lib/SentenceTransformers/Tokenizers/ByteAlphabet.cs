using System.Text;

namespace SentenceTransformers;

/// <summary>GPT-2's way to write any byte as a visible character, so that a vocabulary of texts holds bytes.</summary>
/// <remarks>Printable Latin-1 stands for itself; the other 68 bytes are U+0100 onwards: a space is Ġ.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly Dictionary<char, byte> Bytes = Characters
        .Select((character, index) => (character, index))
        .ToDictionary(pair => pair.character, pair => (byte)pair.index);

    /// <summary>The character that stands for a space.</summary>
    public static char Space => Characters[' '];

    /// <summary>Spells a text's UTF-8; every character of a letter has that letter's source.</summary>
    public static SourcedText Spell(SourcedText text) => text.Transform(Spell(text.Text));

    /// <summary>The bytes that a spelling stands for; a text with other characters stands for its own UTF-8.</summary>
    public static byte[] Read(string spelling)
    {
        var bytes = new byte[spelling.Length];
        for (var i = 0; i < spelling.Length; i++)
            if (!Bytes.TryGetValue(spelling[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(spelling);
        return bytes;
    }

    private static IEnumerable<(int CodePoint, int Change)> Spell(string text)
    {
        var utf8 = new byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(utf8);
            for (var i = 0; i < count; i++)
                yield return (Characters[utf8[i]], i == 0 ? 0 : 1);
        }
    }

    private static char[] Build()
    {
        var characters = new char[256];
        var next = '\u0100';
        for (var value = 0; value < 256; value++)
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE
                ? (char)value
                : next++;
        return characters;
    }
}
