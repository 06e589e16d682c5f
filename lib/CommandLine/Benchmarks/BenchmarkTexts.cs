namespace Workbook.CommandLine;

/// <summary>Seeded Korean texts of some 5 to 60 tokens, 17 on average, as KorSTS has them: everyday sentences, one or a few side by side.</summary>
internal static class BenchmarkTexts
{
    private const double OneMore = 0.4; // how often another sentence follows

    public static string[] Create(int count)
    {
        string[] sentences =
        [
            .. Lesson
                .Table("everyday-sentences.tsv")
                .Select(row => row[^1])
                .Where(sentence => sentence.Any(c => c is >= '가' and <= '힣')),
        ];
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Text())];

        string Text()
        {
            var text = sentences[random.Next(sentences.Length)];
            return random.NextDouble() < OneMore ? $"{text} {Text()}" : text;
        }
    }
}
