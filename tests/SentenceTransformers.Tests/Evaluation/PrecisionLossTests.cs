using System.Globalization;

namespace SentenceTransformers.Tests;

/// <summary>What 8 bits cost, and the gate that refuses what costs too much.</summary>
public sealed class PrecisionLossTests : IClassFixture<EmbeddedModel>
{
    private readonly SentenceTransformer model;

    public PrecisionLossTests(EmbeddedModel embedded) => model = embedded.Model;

    [Fact]
    public void The_embedded_model_in_8_bits_passes_the_gate_on_KorSTS()
    {
        var rows = File.ReadLines(Goldens.Shared("../data/korsts/sts-dev.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .ToArray();
        Assert.Equal(1500, rows.Length);
        using var quantized = SentenceTransformer.Load(
            "ko-mini",
            new LoadOptions { Precision = Precision.Int8 }
        );
        var loss = PrecisionLoss.Measure(
            model,
            quantized,
            [.. rows.Select(row => row[5])],
            [.. rows.Select(row => row[6])],
            [.. rows.Select(row => double.Parse(row[4], CultureInfo.InvariantCulture))]
        );
        Assert.InRange(loss.ReferenceSpearman, 0.6, 1); // a trained model, so that there is something to lose
        Assert.Same(loss, loss.Require());
        Assert.InRange(loss.MeanCosine, 0.99, 0.999999); // 8 bits were used
        TestContext.Current.SendDiagnosticMessage($"{loss}");
    }

    [Fact]
    public void A_model_loses_nothing_against_itself()
    {
        var loss = PrecisionLoss.Measure(
            model,
            model,
            ["오늘 날씨가 좋아요", "기차가 옵니다", "a"],
            ["오늘 하늘이 맑아요", "책을 읽어요", "b"],
            [4, 0, 1]
        );
        Assert.Equal(loss.ReferenceSpearman, loss.Spearman);
        Assert.Equal(1, loss.LowestCosine, 5);
        loss.Require(0);
    }

    [Fact]
    public void More_than_one_percent_is_refused()
    {
        new PrecisionLoss(0.80, 0.793, 1, 1).Require();
        var error = Assert.Throws<InvalidOperationException>(() =>
            new PrecisionLoss(0.80, 0.78, 1, 1).Require()
        );
        Assert.Contains("(0.8000 to 0.7800)", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() =>
            new PrecisionLoss(0.8, double.NaN, 1, 1).Require()
        );
    }
}
