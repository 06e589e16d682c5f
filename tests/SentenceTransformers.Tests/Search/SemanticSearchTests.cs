using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Semantic search against sentence-transformers 6, and by hand.</summary>
public sealed class SemanticSearchTests
{
    // On a line: the dot product with [1, 0] is the first number.
    private static readonly float[][] Line =
    [
        [3, 0],
        [1, 0],
        [3, 0],
        [2, 0],
        [3, 0],
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hits_equal_those_of_the_reference_in_order_and_score(bool shared)
    {
        var golden = SearchGoldens.Read("semantic_search", shared);
        var queries = Goldens.Rows(golden.GetProperty("queries"));
        var corpus = Goldens.Rows(golden.GetProperty("corpus"));
        foreach (var (name, arguments, expected) in SearchGoldens.Cases(golden))
        {
            var ids = expected.GetProperty("corpus_ids").EnumerateArray().ToArray();
            var hits = SemanticSearch.Search(
                ids.Length == 1 ? queries[..1] : queries,
                corpus,
                arguments.Integer("top_k", 10),
                arguments.ScoreFunction(),
                arguments.Integer("query_chunk_size", 100),
                arguments.Integer("corpus_chunk_size", 500_000)
            );
            Assert.Equal(ids.Length, hits.Length);
            for (var query = 0; query < hits.Length; query++)
            {
                Assert.Equal(
                    ids[query].Deserialize<int[]>()!,
                    hits[query].Select(hit => hit.CorpusId)
                );
                var scores = expected.GetProperty("scores")[query].Deserialize<float[]>()!;
                for (var i = 0; i < scores.Length; i++)
                    SearchGoldens.AssertScore(
                        scores[i],
                        hits[query][i].Score,
                        $"{name} query {query} hit {i}"
                    );
            }
        }
    }

    [Fact]
    public void Of_equal_scores_the_earlier_row_comes_first()
    {
        var hits = SemanticSearch.Search([1, 0], Line, topK: 4, SimilarityFunction.Dot);
        Assert.Equal([new(0, 3), new(2, 3), new(4, 3), new(3, 2)], hits);
    }

    [Fact]
    public void Chunks_change_nothing_not_even_which_of_equal_rows_are_kept()
    {
        float[][] queries =
        [
            [1, 0],
            [-1, 0],
            [1, 1],
        ];
        var whole = SemanticSearch.Search(queries, Line, topK: 2, SimilarityFunction.Dot);
        Assert.Equal([0, 2], whole[0].Select(hit => hit.CorpusId)); // row 4 is as good and left out
        Assert.Equal([1, 3], whole[1].Select(hit => hit.CorpusId));
        for (var queryChunk = 1; queryChunk <= 4; queryChunk++)
        for (var corpusChunk = 1; corpusChunk <= 6; corpusChunk++)
            Assert.Equal(
                whole,
                SemanticSearch.Search(
                    queries,
                    Line,
                    2,
                    SimilarityFunction.Dot,
                    queryChunk,
                    corpusChunk
                )
            );
    }

    [Fact]
    public void Nothing_is_found_in_nothing_and_for_nothing()
    {
        Assert.Empty(SemanticSearch.Search(Array.Empty<float[]>(), Line));
        Assert.Empty(
            Assert.Single(
                SemanticSearch.Search(
                    [
                        [1, 0],
                    ],
                    Array.Empty<float[]>()
                )
            )
        );
    }

    [Fact]
    public void What_cannot_be_searched_is_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            SemanticSearch.Search(
                [
                    [1, 0, 0],
                ],
                Line
            )
        );
        Assert.Throws<ArgumentException>(() =>
            SemanticSearch.Search(
                [
                    [1, float.NaN],
                ],
                Line
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => SemanticSearch.Search([1, 0], Line, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SemanticSearch.Search(
                [
                    [1, 0],
                ],
                Line,
                corpusChunkSize: 0
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SemanticSearch.Search(
                [
                    [1, 0],
                ],
                Line,
                queryChunkSize: 0
            )
        );
    }
}
