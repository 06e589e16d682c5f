namespace Workbook.CommandLine;

/// <summary>What a worksheet itself says, in its language.</summary>
internal sealed record WorksheetWords(
    string Worksheet,
    string Name,
    string Date,
    string Key,
    Func<Wording, string> In
)
{
    private static readonly WorksheetWords English = new(
        "worksheet",
        "Name",
        "Date",
        "Answer key",
        wording => wording.En
    );

    private static readonly WorksheetWords Korean = new(
        "학습지",
        "이름",
        "날짜",
        "정답과 풀이",
        wording => wording.Ko
    );

    /// <summary>In "ko" or, for any other, in English.</summary>
    public static WorksheetWords Of(string language) => language == "ko" ? Korean : English;
}
