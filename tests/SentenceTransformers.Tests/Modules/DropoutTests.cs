namespace SentenceTransformers.Tests;

public sealed class DropoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Encoding_drops_nothing()
    {
        float[][] rows =
        [
            [1, -2, 0.5f],
        ];
        Assert.Equal(rows, new Dropout(0.9).Run(rows));
        Assert.Throws<InvalidOperationException>(() => new Dropout().Run(null));
    }

    [Fact]
    public void It_is_read_and_printed_as_in_Python()
    {
        folder.Write("config.json", """{"dropout": 0.1}""");
        var dropout = Dropout.Load(folder.Path);
        Assert.Equal("Dropout({'dropout': 0.1})", dropout.ToString(PrintStyle.Current));
        Assert.Equal(
            "Dropout(\n  (dropout_layer): Dropout(p=0.1, inplace=False)\n)",
            dropout.ToString()
        );
        folder.Write("config.json", "{}");
        Assert.Equal(0.2, Dropout.Load(folder.Path).Rate);
    }

    [Theory]
    [InlineData("1.5", "dropout: 1.5 is not between 0 and 1")]
    [InlineData("\"much\"", "dropout: expected a finite number")]
    public void A_share_that_is_none_is_refused(string value, string problem)
    {
        folder.Write("config.json", $$"""{"dropout": {{value}}}""");
        var error = Assert.Throws<ModelFormatException>(() => Dropout.Load(folder.Path));
        Assert.Contains($"config.json: {problem}", error.Message, StringComparison.Ordinal);
    }
}
