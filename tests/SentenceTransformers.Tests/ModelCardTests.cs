using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SentenceTransformers.Tests;

/// <summary>The quality that the cards of the embedded models state is what they have on the public evaluation sets.</summary>
public sealed partial class ModelCardTests(EmbeddedModel embedded, EmbeddedCrossEncoder cross)
    : IClassFixture<EmbeddedModel>,
        IClassFixture<EmbeddedCrossEncoder>
{
    [Fact]
    public void Ko_mini_s_rank_correlations_are_those_of_its_card() =>
        AssertRow(CardRow("ko-mini", "**ko-mini**"), Cosines(embedded.Model));

    [Fact]
    public void Ko_mini_base_s_rank_correlations_are_those_of_its_card_and_ko_mini_s()
    {
        using var model = SentenceTransformer.Load("ko-mini-base");
        var row = CardRow("ko-mini-base", "**ko-mini-base**");
        AssertRow(row, Cosines(model));
        Assert.Equal(row, CardRow("ko-mini", "**ko-mini-base**"));
    }

    [Fact]
    public void Ko_mini_cross_s_rank_correlations_are_those_of_its_card()
    {
        AssertRow(
            CardRow("ko-mini-cross", "**ko-mini-cross**"),
            pairs => cross.Model.Predict(pairs)
        );
        Assert.Equal(
            CardRow("ko-mini", "**ko-mini**"),
            CardRow("ko-mini-cross", "ko-mini, the bi-encoder")
        );
    }

    [Theory]
    [InlineData("ko-mini")]
    [InlineData("ko-mini-cross")]
    public void The_goals_in_a_card_are_those_of_the_manifest(string name)
    {
        var goals = ModelManifest.Models.Single(model => model.Name == name).Goals;
        Assert.NotEmpty(goals);
        Assert.All(
            goals,
            goal => Assert.Equal([goal.AtLeast, goal.Value], CardRow(name, goal.Name).TakeLast(2))
        );
    }

    /// <summary>KorSTS dev and test, KLUE-STS dev, and of that the pairs without a sentence of paraKQC, which was trained on.</summary>
    private static void AssertRow(
        double[] published,
        Func<IEnumerable<(string, string)>, float[]> score
    )
    {
        var klue = Klue();
        var seen = File.ReadLines(Data("parakqc/paraKQC_v1.txt"))
            .Select(line => line.Split('\t')[^1].Trim())
            .ToHashSet();
        var fresh = klue.Where(pair => !seen.Contains(pair.First) && !seen.Contains(pair.Second));
        List<(string First, string Second, double Score)>[] sets =
        [
            KorSts("sts-dev.tsv"),
            KorSts("sts-test.tsv"),
            klue,
            [.. fresh],
        ];
        Assert.Equal([1500, 1379, 519], sets[..3].Select(pairs => pairs.Count));
        Assert.Equal(
            published,
            sets.Select(pairs =>
                Math.Round(
                    100
                        * Spearman(
                            [
                                .. score(pairs.Select(pair => (pair.First, pair.Second)))
                                    .Select(number => (double)number),
                            ],
                            [.. pairs.Select(pair => pair.Score)]
                        ),
                    1
                )
            )
        );
    }

    private static Func<IEnumerable<(string, string)>, float[]> Cosines(
        SentenceTransformer model
    ) =>
        pairs =>
            Similarity.PairwiseCosine(
                model.Encode(pairs.Select(pair => pair.Item1)),
                model.Encode(pairs.Select(pair => pair.Item2))
            );

    /// <summary>The numbers of a row of a model's card.</summary>
    private static double[] CardRow(string model, string row)
    {
        var card = File.ReadLines(Path.Combine(Goldens.Repository, "models", model, "README.md"));
        var line = card.Single(line => line.StartsWith($"| {row} |", StringComparison.Ordinal));
        return
        [
            .. Number()
                .Matches(line)
                .Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture)),
        ];
    }

    private static List<(string First, string Second, double Score)> KorSts(string file) =>
        [
            .. File.ReadLines(Data($"korsts/{file}"))
                .Skip(1)
                .Select(line => line.Split('\t'))
                .Select(fields =>
                    (fields[5], fields[6], double.Parse(fields[4], CultureInfo.InvariantCulture))
                ),
        ];

    private static List<(string First, string Second, double Score)> Klue()
    {
        var pairs = Goldens.Json(Data("klue/klue-sts-v1.1_dev.json"));
        return
        [
            .. pairs
                .EnumerateArray()
                .Select(pair =>
                    (
                        Text(pair, "sentence1"),
                        Text(pair, "sentence2"),
                        pair.GetProperty("labels").GetProperty("real-label").GetDouble()
                    )
                ),
        ];

        static string Text(JsonElement pair, string name) => pair.GetProperty(name).GetString()!;
    }

    /// <summary>Pearson's correlation of the ranks; equal values share the mean of their ranks.</summary>
    private static double Spearman(double[] a, double[] b)
    {
        var (x, y) = (Ranks(a), Ranks(b));
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (p, q) => (p - meanX) * (q - meanY)).Sum();
        return covariance
            / Math.Sqrt(
                x.Sum(p => (p - meanX) * (p - meanX)) * y.Sum(q => (q - meanY) * (q - meanY))
            );
    }

    private static double[] Ranks(double[] values)
    {
        var ranks = new double[values.Length];
        var start = 0;
        foreach (
            var same in Enumerable
                .Range(0, values.Length)
                .GroupBy(i => values[i])
                .OrderBy(group => group.Key)
        )
        {
            foreach (var i in same)
                ranks[i] = start + (same.Count() - 1) / 2.0;
            start += same.Count();
        }
        return ranks;
    }

    private static string Data(string path)
    {
        var file = Path.GetFullPath(Path.Combine(Goldens.Repository, "..", "shared", "data", path));
        Assert.SkipUnless(
            File.Exists(file),
            $"needs ../shared/data/{path}, which a fresh clone has not"
        );
        return file;
    }

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Number();
}
