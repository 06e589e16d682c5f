namespace Workbook;

/// <summary>A sentence in both languages of the course.</summary>
/// <param name="En">In English.</param>
/// <param name="Ko">In Korean.</param>
internal sealed record Wording(string En, string Ko)
{
    /// <summary>In the language that the lesson is read in.</summary>
    public string Text => In(Lesson.IsKorean);

    /// <summary>In one of the two languages.</summary>
    public string In(bool korean) => korean ? Ko : En;
}
