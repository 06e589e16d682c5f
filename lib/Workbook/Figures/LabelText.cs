using System.Globalization;
using System.Text;
using System.Xml;

namespace Workbook;

/// <summary>Text of unknown origin made fit for a label: cleaned, measured without a font, wrapped and elided.</summary>
internal static class LabelText
{
    private const string Ellipsis = "…";

    /// <summary>Text that XML, HTML and JSON can all carry, on one line: what they cannot (lone surrogates, controls) becomes U+FFFD.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        // EnumerateRunes already turns a lone surrogate into U+FFFD.
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\t' or '\n' or '\r' or 0x2028 or 0x2029)
                clean.Append(' ');
            else if (Rune.IsControl(rune) || rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value))
                clean.Append('\uFFFD');
            else
                clean.Append(rune.ToString());
        return clean.ToString();
    }

    /// <summary>The text between direction isolates where it holds right-to-left letters, so that it cannot reorder what stands beside it.</summary>
    public static string Isolate(string text) =>
        text.EnumerateRunes().Any(IsRightToLeft) ? $"\u2068{text}\u2069" : text;

    /// <summary>About how wide the text is in a proportional font, in em.</summary>
    public static double Width(string text) => TextElements(text).Sum(ElementWidth);

    /// <summary>How many columns the text takes in a terminal or another fixed-width font: two for a Hangul syllable.</summary>
    public static int Columns(string text) =>
        TextElements(text)
            .Select(element => Rune.GetRuneAt(element, 0))
            .Sum(rune =>
                IsZeroWidth(rune) ? 0
                : IsWide(rune) ? 2
                : 1
            );

    /// <summary>The text, or as much of it as fits with an ellipsis.</summary>
    /// <param name="text">Clean text.</param>
    /// <param name="width">The room, in em.</param>
    public static string Elide(string text, double width) =>
        Fit(text, width) == text.Length
            ? text
            : text[..Fit(text, width - Width(Ellipsis))].TrimEnd() + Ellipsis;

    /// <summary>The text in lines, broken at spaces where possible; what exceeds the last line is elided.</summary>
    /// <param name="text">Clean text.</param>
    /// <param name="width">The room of a line, in em.</param>
    /// <param name="maxLines">How many lines there may be.</param>
    public static List<string> Wrap(string text, double width, int maxLines)
    {
        List<string> lines = [];
        for (var rest = text.Trim(); rest.Length > 0; )
        {
            var fit = Fit(rest, width);
            if (fit == rest.Length || lines.Count == maxLines - 1)
            {
                lines.Add(Elide(rest, width));
                break;
            }
            // A space just after what fits ends the line as well as one within.
            var space = rest.LastIndexOf(' ', fit);
            var end = space > 0 ? space : fit;
            lines.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }
        return lines;
    }

    /// <summary>Whether <see cref="Wrap"/> shows all of the text without breaking a word.</summary>
    public static bool WrapsWhole(string text, double width, int maxLines) =>
        text.Split(' ').All(word => Fit(word, width) == word.Length)
        && Wrap(text, width, maxLines + 1).Count <= maxLines;

    /// <summary>How many UTF-16 code units of the text fit; never less than one text element.</summary>
    private static int Fit(string text, double width)
    {
        var length = 0;
        foreach (var element in TextElements(text))
        {
            width -= ElementWidth(element);
            if (width < 0 && length > 0)
                break;
            length += element.Length;
        }
        return length;
    }

    private static IEnumerable<string> TextElements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }

    // The first rune decides: what follows it (accents, joiners, jamo, skin tones) is drawn with it.
    private static double ElementWidth(string element)
    {
        var rune = Rune.GetRuneAt(element, 0);
        return IsZeroWidth(rune) ? 0
            : IsWide(rune) ? 1
            : Rune.IsUpper(rune) ? 0.7
            : rune.Value is ' ' or '.' or ',' or ':' or '!' or '\'' or '|' ? 0.3
            : 0.58;
    }

    private static bool IsZeroWidth(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;

    /// <summary>East Asian Width W or F (Unicode Annex 11), in whole blocks; emoji count as wide.</summary>
    private static bool IsWide(Rune rune) =>
        rune.Value
            is (>= 0x1100 and <= 0x115F)
                or (>= 0x2E80 and <= 0xA4CF)
                or (>= 0xA960 and <= 0xA97F)
                or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0xFE30 and <= 0xFE6F)
                or (>= 0xFF00 and <= 0xFF60)
                or (>= 0xFFE0 and <= 0xFFE6)
                or (>= 0x1F1E6 and <= 0x1F1FF)
                or (>= 0x1F300 and <= 0x1FAFF)
                or (>= 0x20000 and <= 0x3FFFD);

    /// <summary>Hebrew, Arabic and their neighbours, and the characters that set a direction.</summary>
    private static bool IsRightToLeft(Rune rune) =>
        rune.Value
            is (>= 0x0590 and <= 0x08FF)
                or (>= 0x200E and <= 0x200F)
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2066 and <= 0x2069)
                or (>= 0xFB1D and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x10800 and <= 0x10FFF)
                or (>= 0x1E800 and <= 0x1EFFF);
}
