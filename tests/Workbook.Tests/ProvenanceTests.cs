using System.Security.Cryptography;
using SentenceTransformers;

namespace Workbook.Tests;

/// <summary>The small print of a figure names the files that its numbers depend on.</summary>
public sealed class ProvenanceTests
{
    [Theory]
    [InlineData("ko-mini", "vocab.txt")]
    [InlineData("mini-clip", "tokenizer.json")]
    public void It_has_the_hashes_of_the_weights_and_of_the_tokenizer(
        string model,
        string tokenizer
    )
    {
        var folder = ModelManifest.Locate(model);
        string Hash(string file) =>
            Convert.ToHexStringLower(
                SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file)))
            )[..8];

        Assert.Equal(
            $"{model} (model.safetensors {Hash("model.safetensors")}, {tokenizer} {Hash(tokenizer)}), 32 bits, ± 0.000005",
            Provenance.Of(model)
        );
    }

    [Fact]
    public void A_figure_shows_its_source_as_text_and_never_as_markup()
    {
        var figure = new Heatmap(
            new float[,]
            {
                { 1 },
            },
            ["a"]
        )
        {
            Source = "<b>from</b>",
        };

        Assert.EndsWith("\n<b>from</b>", figure.ToString());
        Assert.Contains("&lt;b&gt;from&lt;/b&gt;</p>", figure.ToHtml());
        Assert.DoesNotContain(
            "workbook-source",
            new Heatmap(
                new float[,]
                {
                    { 1 },
                },
                ["a"]
            ).ToHtml()
        );
    }
}
