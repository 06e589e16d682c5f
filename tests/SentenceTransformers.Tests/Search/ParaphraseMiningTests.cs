using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Paraphrase mining against sentence-transformers 6, and by hand.</summary>
public sealed class ParaphraseMiningTests
{
    // Dot products: 0-1 6, 0-2 2, 0-3 -4, 1-2 3, 1-3 -6, 2-3 -2.
    private static readonly float[][] Line =
    [
        [2],
        [3],
        [1],
        [-2],
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pairs_equal_those_of_the_reference_in_order_and_score(bool shared)
    {
        var golden = SearchGoldens.Read("paraphrase_mining", shared);
        var embeddings = Goldens.Rows(golden.GetProperty("embeddings"));
        foreach (var (name, arguments, expected) in SearchGoldens.Cases(golden))
        {
            var pairs = ParaphraseMining.Mine(
                embeddings,
                arguments.Integer("top_k", 100),
                arguments.Integer("max_pairs", 500_000),
                arguments.ScoreFunction(),
                arguments.Integer("query_chunk_size", 5000),
                arguments.Integer("corpus_chunk_size", 100_000)
            );
            Assert.Equal(expected.GetProperty("count").GetInt32(), pairs.Length);
            Assert.Equal(
                expected.GetProperty("pairs").Deserialize<int[][]>()!,
                pairs.Select(pair => new[] { pair.First, pair.Second })
            );
            var scores = expected.GetProperty("scores").Deserialize<float[]>()!;
            for (var i = 0; i < scores.Length; i++)
                SearchGoldens.AssertScore(scores[i], pairs[i].Score, $"{name} pair {i}");
        }
    }

    [Fact]
    public void A_score_of_minus_one_or_less_gives_no_pair() =>
        Assert.Equal(
            [new(6, 0, 1), new(3, 1, 2), new(2, 0, 2)],
            ParaphraseMining.Mine(Line, scoreFunction: SimilarityFunction.Dot)
        );

    [Fact]
    public void Each_row_is_paired_with_as_many_as_asked_for_besides_itself()
    {
        // By dot product row 2 finds 1 (3) and 0 (2) before itself (1): of top_k + 1 = 2, none is itself.
        Assert.Equal(
            [new(6, 0, 1), new(3, 1, 2), new(2, 0, 2)],
            ParaphraseMining.Mine(Line, topK: 1, scoreFunction: SimilarityFunction.Dot)
        );
        Assert.Equal(
            [new(1, 0, 1)],
            ParaphraseMining
                .Mine(
                    [
                        [1, 0],
                        [2, 0],
                        [0, 1],
                    ],
                    topK: 1
                )
                .Where(pair => pair.Score > 0)
        );
    }

    [Fact]
    public void At_most_one_pair_fewer_than_the_maximum_is_kept_counted_from_both_sides()
    {
        // Both sides of 0-1 and one of 1-2 are the best three of six.
        Assert.Equal(
            [new(6, 0, 1), new(3, 1, 2)],
            ParaphraseMining.Mine(Line, maxPairs: 4, scoreFunction: SimilarityFunction.Dot)
        );
        Assert.Empty(ParaphraseMining.Mine(Line, maxPairs: 1));
    }

    [Fact]
    public void Of_equal_scores_the_earlier_rows_come_first()
    {
        float[][] equal =
        [
            [1, 0],
            [1, 0],
            [1, 0],
        ];
        Assert.Equal(
            [new(1, 0, 1), new(1, 0, 2), new(1, 1, 2)],
            ParaphraseMining.Mine(equal, queryChunkSize: 2, corpusChunkSize: 2)
        );
    }

    [Fact]
    public void Sentences_are_encoded_and_named_by_their_position()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        string[] sentences = ["기차가 옵니다", "오늘 날씨가 좋아요", "기차가 옵니다"];
        var best = ParaphraseMining.Mine(model, sentences)[0];
        Assert.Equal((0, 2), (best.First, best.Second));
        Assert.Equal(1, best.Score, 1e-6f);
    }

    [Fact]
    public void Counts_below_one_are_refused_and_no_rows_have_no_pairs()
    {
        Assert.Empty(ParaphraseMining.Mine(Array.Empty<float[]>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParaphraseMining.Mine(Line, topK: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParaphraseMining.Mine(Line, maxPairs: 0));
        Assert.Throws<ArgumentException>(() =>
            ParaphraseMining.Mine([
                [1],
                [float.NaN],
            ])
        );
    }
}
