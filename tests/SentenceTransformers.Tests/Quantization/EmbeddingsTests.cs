namespace SentenceTransformers.Tests;

/// <summary>Truncated and normalized embeddings against sentence-transformers 6 (goldens/util/misc.json).</summary>
public sealed class EmbeddingsTests
{
    private static readonly System.Text.Json.JsonElement Golden = Goldens.Json(
        Goldens.Own("util/misc.json")
    );

    [Fact]
    public void Normalized_rows_equal_those_of_the_reference()
    {
        var golden = Golden.GetProperty("normalize_embeddings");
        var rows = Embeddings.Normalize(Goldens.Rows(golden.GetProperty("input")));
        Close(golden.GetProperty("output"), rows);
        Assert.Contains(rows, row => row.All(x => x == 0)); // the premise: one row is zeros
    }

    [Fact]
    public void Truncated_rows_equal_those_of_the_reference_and_may_be_normalized_again()
    {
        var golden = Golden.GetProperty("truncate_embeddings");
        var input = Goldens.Rows(golden.GetProperty("input"));
        var rows = Embeddings.Truncate(input, golden.GetProperty("dim").GetInt32());
        Close(golden.GetProperty("output"), rows);
        Close(golden.GetProperty("then_normalized"), Embeddings.Normalize(rows));
        Assert.Equal(input, Embeddings.Truncate(input, null));
        Assert.Equal(input, Embeddings.Truncate(input, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Embeddings.Truncate(input, 0));
    }

    private static void Close(System.Text.Json.JsonElement expected, float[][] actual) =>
        Goldens.AssertClose(
            Goldens.Floats(expected),
            [.. actual.SelectMany(row => row)],
            1e-6f,
            "embeddings"
        );
}
