namespace SentenceTransformers;

/// <summary>Reads a <c>pattern</c> of tokenizer.json, which is a text or a regular expression.</summary>
internal static class PatternReader
{
    public static ITextPattern Read(JsonFile section)
    {
        var pattern = section.RequiredObject("pattern");
        return pattern.Has("Regex")
            ? RegexPattern.Read(pattern, "Regex")
            : new LiteralPattern(pattern.RequiredText("String"));
    }
}
