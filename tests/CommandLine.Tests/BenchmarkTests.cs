using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine.Tests;

/// <summary>What the benchmarks say is what was measured.</summary>
public sealed class BenchmarkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ways_are_tried_in_turn_and_the_first_round_does_not_count()
    {
        var order = new List<string>();
        var turns = new Turns();
        turns.Add("a", () => Called("a"));
        turns.Add("b", () => Called("b"));

        turns.Run(2, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b", "a", "b", "a", "b"], order);
        Assert.Equal([3.0, 5.0], turns["a"]);
        Assert.Equal([3 / 4.0, 5 / 6.0], turns.Ratio("a", "b").Values);

        double Called(string name)
        {
            order.Add(name);
            return order.Count;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Growth_is_the_power_of_the_size(int power)
    {
        var turns = new Turns();
        (double Size, string Name)[] ways = [(1, "1"), (2, "2"), (4, "4"), (8, "8")];
        foreach (var (size, name) in ways)
            turns.Add(name, () => 7 * Math.Pow(size, power));

        turns.Run(1, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(power, turns.Growth("time", ways).Median, 1e-9);
    }

    [Fact]
    public void The_model_that_peers_load_is_the_one_that_is_measured()
    {
        using var model = new RandomModel(layers: 1);
        model.WriteOnnx();
        using var ours = SentenceTransformer.Load(model.Path);
        using var session = EncoderSession.FromOnnx(Path.Combine(model.Path, "model.onnx"));
        var features = ours.Tokenize(["오늘 날씨가 좋아요", "네"]);

        ours.Transformer.Forward(features);

        Assert.Equal(
            features.TokenEmbeddings!.Values.ToArray(),
            session.Run(features).Values.ToArray()
        );
        File.Delete(Path.Combine(model.Path, "vocab.txt")); // tokenizer.json alone
        Assert.Equal(
            ours.Tokenizer.Encode("오늘 날씨가 좋아요").Ids,
            Tokenizer.Load(model.Path).Encode("오늘 날씨가 좋아요").Ids
        );
    }

    [Fact]
    public void The_table_of_a_README_is_replaced_and_nothing_else_is()
    {
        var path = folder.Write(
            "README.md",
            $"before\n{BenchmarkReadme.Begin}\nold\n{BenchmarkReadme.End}\nafter\n"
        );

        new BenchmarkReadme(path).Write(
            new Dictionary<string, IReadOnlyList<BenchmarkRow>>
            {
                ["search"] = [new("time", "ms", [5]), new("a : b", "", [1, 3, 2], ">= 1")],
            }
        );

        var text = File.ReadAllText(path);
        Assert.StartsWith($"before\n{BenchmarkReadme.Begin}\n", text);
        Assert.EndsWith($"\n{BenchmarkReadme.End}\nafter\n", text);
        Assert.Contains("| search | a : b | 2.00 | 1.00 to 3.00 | >= 1 |", text);
        Assert.DoesNotContain("old", text);
        Assert.DoesNotContain("| time |", text); // milliseconds are this machine's
    }

    [Fact]
    public void A_README_without_a_place_for_the_table_is_refused()
    {
        var path = folder.Write("README.md", "nothing here");

        Assert.Throws<UsageException>(() => new BenchmarkReadme(path));
    }

    [Fact]
    public void The_JSON_has_every_measurement()
    {
        var json = BenchmarkReport.Json(
            new Dictionary<string, IReadOnlyList<BenchmarkRow>>
            {
                ["search"] = [new("a : b", "", [1, 3, 2], ">= 1")],
            }
        );

        var row = JsonDocument
            .Parse(json)
            .RootElement.GetProperty("benchmarks")
            .GetProperty("search")[0];
        Assert.Equal(2, row.GetProperty("median").GetDouble());
        Assert.Equal(3, row.GetProperty("values").GetArrayLength());
    }

    [Fact]
    public void A_peer_that_is_not_there_is_skipped_by_name()
    {
        var told = new List<string>();

        Assert.Null(PeerProcess.Start("some peer", "no-such-program-here", [], told.Add));
        Assert.Null(PeerProcess.Start("another", "dotnet", ["--no-such-option"], told.Add));

        Assert.StartsWith("some peer: skipped", told[0]);
        Assert.StartsWith("another: skipped", told[1]);
    }
}
