namespace SentenceTransformers;

/// <summary>Reads a <c>pattern</c> of tokenizer.json, which is a text or a regular expression.</summary>
internal static class PatternReader
{
    /// <summary>The longest text that is read to be put in the place of matches (one character everywhere).</summary>
    public const int MaximumContentLength = 64;

    public static ITextPattern Read(JsonFile section)
    {
        var pattern = section.RequiredObject("pattern");
        return pattern.Has("Regex")
            ? RegexPattern.Read(pattern, "Regex")
            : new LiteralPattern(pattern.RequiredText("String"));
    }
}
