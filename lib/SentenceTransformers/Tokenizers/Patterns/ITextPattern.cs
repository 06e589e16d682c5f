namespace SentenceTransformers;

/// <summary>Finds stretches of a text.</summary>
internal interface ITextPattern
{
    /// <summary>Its matches and what lies between them, in order; together they cover the text.</summary>
    IEnumerable<TextMatch> Matches(string text);
}
