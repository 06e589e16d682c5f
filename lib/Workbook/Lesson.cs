namespace Workbook;

/// <summary>What a reader may set for the lessons as a whole.</summary>
public static class Lesson
{
    /// <summary>The variable that names another model; <c>run --model NAME</c> sets it.</summary>
    public const string ModelVariable = "WORKBOOK_MODEL";

    /// <summary>The bi-encoder that the lessons load: "ko-mini", whose numbers their text tells, unless the reader asked for another.</summary>
    public static string Model =>
        Environment.GetEnvironmentVariable(ModelVariable)?.Trim() is { Length: > 0 } name
            ? name
            : "ko-mini";
}
