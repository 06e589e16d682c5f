namespace Workbook.Tests;

/// <summary>The lecture's three sentences and the cosine similarities that it prints for them.</summary>
internal static class Lecture
{
    public static string[] Sentences { get; } =
    ["오늘 날씨가 좋아요", "오늘 하늘이 맑아요", "프로그램을 배우고 싶습니다."];

    public static float[,] Cosines { get; } =
        {
            { 1, 0.8007f, 0.2443f },
            { 0.8007f, 1, 0.1786f },
            { 0.2443f, 0.1786f, 1 },
        };

    public static Heatmap Heatmap { get; } = new(Cosines, Sentences) { Title = "코사인 유사도" };

    /// <summary>Labels that try to be something else than text.</summary>
    public static TheoryData<string> HostileLabels { get; } =
    [
        "</script><script>alert(1)</script>",
        "]]><!-- <svg onload=alert(1)>",
        "\"quoted\" & 'quoted' &amp; $x^2$ %{z}",
        "two\r\nlines\tand a tab",
        "lone high \ud83d and low \ude00 surrogate",
        "controls \0\u0001\u001b\u007f\u0085 \ufffe\uffff",
        "שלום \u202eעולם",
        "👩‍👩‍👧 가족 🇰🇷",
        "",
        "   ",
    ];

    public static float[,] Filled(int rows, int columns, Func<int, int, float> cell)
    {
        var matrix = new float[rows, columns];
        for (var row = 0; row < rows; row++)
        for (var column = 0; column < columns; column++)
            matrix[row, column] = cell(row, column);
        return matrix;
    }

    public static string[] Numbered(int count, string name) =>
        [.. Enumerable.Range(1, count).Select(number => $"{name} {number}")];
}
