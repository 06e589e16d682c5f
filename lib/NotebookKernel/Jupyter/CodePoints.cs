namespace NotebookKernel;

/// <summary>The protocol counts a cursor's place in code points, .NET in UTF-16 units; they differ after an emoji.</summary>
internal static class CodePoints
{
    /// <summary>The UTF-16 place of a code point; one outside of the text is moved to its nearest end.</summary>
    public static int ToUtf16(string text, int codePoints)
    {
        var place = 0;
        for (; codePoints > 0 && place < text.Length; codePoints--)
            place += Length(text, place);
        return place;
    }

    /// <summary>The code points before a UTF-16 place.</summary>
    public static int FromUtf16(string text, int place)
    {
        var codePoints = 0;
        for (var i = 0; i < Math.Min(place, text.Length); i += Length(text, i))
            codePoints++;
        return codePoints;
    }

    private static int Length(string text, int place) =>
        char.IsHighSurrogate(text[place])
        && place + 1 < text.Length
        && char.IsLowSurrogate(text[place + 1])
            ? 2
            : 1;
}
