namespace Workbook;

/// <summary>What an answer was.</summary>
public enum CheckOutcome
{
    /// <summary>Nothing was answered yet.</summary>
    Unanswered,

    /// <summary>Right.</summary>
    Right,

    /// <summary>Wrong, in a way that is known and explained.</summary>
    KnownMistake,

    /// <summary>Wrong.</summary>
    Wrong,
}
