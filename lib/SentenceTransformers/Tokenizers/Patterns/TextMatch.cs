namespace SentenceTransformers;

/// <summary>A stretch of a text that a pattern matches, or one between two matches; together they cover the text.</summary>
internal readonly record struct TextMatch(int Start, int End, bool IsMatch)
{
    public int Length => End - Start;
}
