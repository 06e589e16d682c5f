namespace SentenceTransformers.Tests;

/// <summary>Searching an index gives what the readable search gives, in every precision and however the rows lie.</summary>
public sealed class VectorIndexTests
{
    private const int Dimension = 100; // no multiple of any vector's lanes

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(40)]
    public void Hits_are_those_of_the_readable_search(int count)
    {
        var corpus = SearchVectors.Clustered(5_003, Dimension);
        var queries = SearchVectors.Near(corpus, count);
        using var index = VectorIndex.Create(corpus);

        var found = index.Search(queries, topK: 10);

        var expected = SemanticSearch.Search(queries, corpus, 10, SimilarityFunction.Dot);
        for (var query = 0; query < count; query++)
        {
            Assert.Equal(
                expected[query].Select(hit => hit.CorpusId),
                found[query].Select(hit => hit.CorpusId)
            );
            Assert.Equal(
                expected[query].Select(hit => hit.Score),
                found[query].Select(hit => hit.Score)
            );
        }
    }

    [Fact]
    public void A_query_scores_the_same_alone_and_among_many()
    {
        var corpus = SearchVectors.Clustered(3_000, Dimension);
        var queries = SearchVectors.Near(corpus, 33);
        using var index = VectorIndex.Create(corpus);

        var together = index.Search(queries);

        foreach (var (i, query) in queries.Index())
            Assert.Equal(index.Search(query), together[i]);
    }

    [Theory]
    [InlineData(SearchPrecision.Int8, 1.0)]
    [InlineData(SearchPrecision.Binary, 0.95)]
    public void Fewer_bits_find_the_same_hits_with_the_same_scores(
        SearchPrecision precision,
        double recall
    )
    {
        var corpus = SearchVectors.Clustered(20_000, 256);
        var queries = SearchVectors.Near(corpus, 50);
        using var index = VectorIndex.Create(corpus);

        var exact = index.Search(queries);
        var found = index.Search(queries, precision: precision);

        var common = exact.Zip(found, (a, b) => a.Intersect(b).Count()).Sum(); // ids and scores
        Assert.InRange(common / 500.0, recall, 1);
    }

    [Fact]
    public void More_candidates_find_no_less_and_all_of_them_find_everything()
    {
        var corpus = SearchVectors.Clustered(2_000, Dimension);
        var query = SearchVectors.Near(corpus, 1)[0];
        using var index = VectorIndex.Create(corpus);
        var exact = index.Search(query);

        var recalls = new[] { 10, 100, 2_000 }.Select(candidates =>
            index.Search(query, 10, SearchPrecision.Binary, candidates).Intersect(exact).Count()
        );

        Assert.Equal(recalls.Order(), recalls);
        Assert.Equal(10, recalls.Last());
    }

    [Theory]
    [InlineData(SearchPrecision.Float32)]
    [InlineData(SearchPrecision.Int8)]
    [InlineData(SearchPrecision.Binary)]
    public void Of_equal_rows_the_earlier_come_first(SearchPrecision precision)
    {
        float[] same = [1, 2, 3];
        var corpus = Enumerable.Repeat(same, 1_000).ToArray();
        corpus[7] = [3, 2, 1];
        using var index = VectorIndex.Create(corpus);

        foreach (var queries in new[] { 1, 40 })
            Assert.All(
                index.Search([.. Enumerable.Repeat(same, queries)], 9, precision, 1_000),
                hits => Assert.Equal([0, 1, 2, 3, 4, 5, 6, 8, 9], hits.Select(hit => hit.CorpusId))
            );
    }

    [Fact]
    public void There_are_no_more_hits_than_rows_and_negative_scores_are_hits_too()
    {
        using var index = VectorIndex.Create([
            [-1, 0],
            [-2, 0],
            [0, 0],
        ]);

        foreach (var precision in Enum.GetValues<SearchPrecision>())
            Assert.Equal(
                [2, 0, 1],
                index.Search([1, 0], 10, precision).Select(hit => hit.CorpusId)
            );
    }

    [Fact]
    public void A_file_is_searched_where_it_lies()
    {
        using var folder = new TemporaryFolder();
        var corpus = SearchVectors.Clustered(1_000, Dimension);
        var queries = SearchVectors.Near(corpus, 5);
        NpyFile.Write(folder["rows.npy"], corpus);
        using var memory = VectorIndex.Create(corpus);
        using var file = VectorIndex.Open(folder["rows.npy"]);

        Assert.Equal((1_000, Dimension), (file.Count, file.Dimension));
        foreach (var precision in Enum.GetValues<SearchPrecision>())
            Assert.Equal(
                memory.Search(queries, 10, precision),
                file.Search(queries, 10, precision)
            );
    }

    [Fact]
    public void A_row_of_a_file_that_holds_NaN_is_never_found_and_hides_no_other()
    {
        using var folder = new TemporaryFolder();
        float[][] rows =
        [
            [float.NaN, 1],
            [1, 0],
            [float.PositiveInfinity, float.NaN],
            [2, 0],
            [3, 0],
        ];
        NpyFile.Write(folder["rows.npy"], rows);
        using var index = VectorIndex.Open(folder["rows.npy"]);

        Assert.Equal([4, 3, 1], index.Search([1f, 0f], 5).Select(hit => hit.CorpusId));
        Assert.Equal(
            [4, 3, 1],
            index
                .Search([.. Enumerable.Repeat(new[] { 1f, 0f }, 20)], 5)[19]
                .Select(hit => hit.CorpusId)
        );
    }

    [Fact]
    public void What_cannot_be_searched_is_refused_by_name()
    {
        using var index = VectorIndex.Create([
            [1, 2],
        ]);

        Assert.Contains(
            "expected 2 numbers, found 3",
            Assert.Throws<ArgumentException>(() => index.Search([1f, 2f, 3f])).Message
        );
        Assert.Throws<ArgumentException>(() => index.Search([float.NaN, 1f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([1f, 2f], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([1f, 2f], 1, candidates: 0));
        Assert.Throws<ArgumentException>(() => VectorIndex.Create([]));
        Assert.Contains(
            "row 1",
            Assert
                .Throws<ArgumentException>(() =>
                    VectorIndex.Create([
                        [1],
                        [float.NaN],
                    ])
                )
                .Message
        );
        Assert.Empty(index.Search(Array.Empty<float[]>()));
        index.Dispose();
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Search([1f, 2f]));
    }
}
