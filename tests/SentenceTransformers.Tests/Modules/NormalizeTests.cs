namespace SentenceTransformers.Tests;

public sealed class NormalizeTests : IDisposable
{
    private const float Tolerance = 1e-6f;

    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Normalised_rows_equal_those_of_the_reference()
    {
        var golden = Goldens
            .Json(Goldens.Own("pooling/modules.json"))
            .GetProperty("cases")
            .EnumerateArray()
            .Single(c => c.GetProperty("module").GetString() == "Normalize");
        var rows = Goldens.Rows(golden.GetProperty("input"));
        Assert.Contains(rows, row => row.All(x => x == 0));
        Goldens.AssertClose(
            Goldens.Floats(golden.GetProperty("output")),
            [.. new Normalize().Run(rows).SelectMany(row => row)],
            Tolerance,
            "Normalize"
        );
    }

    [Fact]
    public void Whole_and_truncated_embeddings_normalise_as_in_the_reference()
    {
        var golden = Goldens.Json(Goldens.Own("util/misc.json"));
        var whole = golden.GetProperty("normalize_embeddings");
        Goldens.AssertClose(
            Goldens.Floats(whole.GetProperty("output")),
            [
                .. new Normalize()
                    .Run(Goldens.Rows(whole.GetProperty("input")))
                    .SelectMany(row => row),
            ],
            Tolerance,
            "normalize_embeddings"
        );
        var truncated = golden.GetProperty("truncate_embeddings");
        Goldens.AssertClose(
            Goldens.Floats(truncated.GetProperty("then_normalized")),
            [
                .. new Normalize()
                    .Run(Goldens.Rows(truncated.GetProperty("output")))
                    .SelectMany(row => row),
            ],
            Tolerance,
            "truncate_embeddings"
        );
    }

    [Fact]
    public void Three_and_four_become_three_fifths_and_four_fifths_and_zero_stays_zero()
    {
        float[] row = [3, -4];
        Assert.Equal(
            [
                [0.6f, -0.8f],
                [0, 0],
            ],
            new Normalize().Run(row, [0, 0])
        );
        Assert.Equal([3, -4], row); // the input is left as it was
    }

    [Fact]
    public void A_row_shorter_than_eps_is_divided_by_eps() =>
        Assert.Equal(
            [
                [1e-3f],
            ],
            new Normalize().Run([1e-15f])
        );

    [Fact]
    public void Without_sentence_embeddings_it_says_what_goes_before_it()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Normalize().Run(null));
        Assert.Contains("pooling goes before it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_needs_no_configuration_but_may_not_ask_for_another_feature()
    {
        Normalize.Load(Path.Combine(folder.Path, "2_Normalize"));
        folder.Write("config.json", """{"module_input_name":"sentence_embedding"}""");
        Normalize.Load(folder.Path);
        folder.Write("config.json", """{"module_input_name":"token_embeddings"}""");
        var error = Assert.Throws<ModelFormatException>(() => Normalize.Load(folder.Path));
        Assert.Contains(
            "module_input_name: \"token_embeddings\" is not supported",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void It_prints_as_Python_prints_it()
    {
        Assert.Equal("Normalize()", new Normalize().ToString());
        Assert.Equal(
            "Normalize({'module_input_name': 'sentence_embedding', 'module_output_name': 'sentence_embedding'})",
            new Normalize().ToString(PrintStyle.Current)
        );
    }
}
