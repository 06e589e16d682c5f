using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Seeded sentences as long as KorSTS's: some 5 to 40 tokens, 16 on average.</summary>
internal static class BenchmarkTexts
{
    public static string[] Create(int count)
    {
        string[] words =
        [
            .. File.ReadLines(Path.Combine(ModelManifest.Locate("ko-mini"), "vocab.txt"))
                .Where(word => word.Length > 1 && word.All(c => c is >= '가' and <= '힣')),
        ];
        var random = new Random(1);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    // Most are short and a few long: 3 words, and an exponential number more.
                    var length = 3 + (int)Math.Min(-11 * Math.Log(1 - random.NextDouble()), 40);
                    return string.Join(
                        ' ',
                        Enumerable.Range(0, length).Select(_ => words[random.Next(words.Length)])
                    );
                }),
        ];
    }
}
