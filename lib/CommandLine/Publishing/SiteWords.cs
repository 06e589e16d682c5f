namespace Workbook.CommandLine;

/// <summary>What the site itself says, in the language of a page.</summary>
internal sealed record SiteWords(
    string Course,
    string Contents,
    string Search,
    string Nothing,
    string Solution,
    string OtherLanguage,
    string OtherName
)
{
    private static readonly SiteWords English = new(
        "Sentence embeddings in C#",
        "On this page",
        "Search",
        "Nothing found",
        "Solution",
        "ko",
        "한국어"
    );

    private static readonly SiteWords Korean = new(
        "C#으로 배우는 문장 임베딩",
        "이 페이지의 차례",
        "검색",
        "찾은 것이 없습니다",
        "풀이",
        "en",
        "English"
    );

    /// <summary>In "ko" or, for any other, in English.</summary>
    public static SiteWords Of(string language) => language == "ko" ? Korean : English;
}
