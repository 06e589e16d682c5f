using FsCheck.Fluent;

namespace SentenceTransformers.Tests;

/// <summary>What holds for similarity, search and quantization of any rows.</summary>
public sealed class EmbeddingProperties
{
    [Fact]
    public void Similarity_is_symmetric() =>
        Arbitrary.TwoRows.Check(rows =>
        {
            foreach (var function in Enum.GetValues<SimilarityFunction>())
            {
                var there = Similarity.Matrix(function, rows.A, rows.B);
                var back = Similarity.Matrix(function, rows.B, rows.A);
                for (var i = 0; i < rows.A.Length; i++)
                for (var j = 0; j < rows.B.Length; j++)
                    Assert.Equal(there[i, j], back[j, i]);
            }
        });

    [Fact]
    public void Semantic_search_is_the_head_of_everything_sorted() =>
        Arbitrary
            .TwoRows.SelectMany(rows =>
                Gen.Choose(1, 10)
                    .SelectMany(topK => Gen.Choose(1, 10).Select(chunk => (rows, topK, chunk)))
            )
            .Check(given =>
            {
                var ((queries, corpus), topK, chunk) = given;
                foreach (var function in Enum.GetValues<SimilarityFunction>())
                {
                    var scores = Similarity.Matrix(function, queries, corpus);
                    var hits = SemanticSearch.Search(queries, corpus, topK, function, chunk, chunk);
                    for (var query = 0; query < queries.Length; query++)
                        Assert.Equal(
                            Enumerable
                                .Range(0, corpus.Length)
                                .Select(row => new SearchHit(row, scores[query, row]))
                                .OrderByDescending(hit => hit.Score)
                                .Take(topK),
                            hits[query]
                        );
                }
            });

    [Fact]
    public void Paraphrases_are_all_pairs_sorted_where_none_is_cut_off() =>
        Arbitrary
            .Rows(dimension: 5)
            .Check(rows =>
            {
                var scores = Similarity.Cosine(rows);
                var expected =
                    from i in Enumerable.Range(0, rows.Length)
                    from j in Enumerable.Range(i + 1, rows.Length - i - 1)
                    where scores[i, j] > -1
                    orderby scores[i, j] descending
                    select new ParaphrasePair(scores[i, j], i, j);
                Assert.Equal(expected, ParaphraseMining.Mine(rows));
            });

    [Fact]
    public void Communities_share_no_row_and_hold_their_size_and_threshold() =>
        Arbitrary
            .Rows(dimension: 3)
            .Check(rows =>
            {
                var scores = Similarity.Cosine(rows);
                var communities = CommunityDetection.Find(rows, 0.7f, minCommunitySize: 2);
                var least = Math.Min(2, rows.Length);
                Assert.All(communities, members => Assert.True(members.Length >= least));
                var all = communities.SelectMany(members => members).ToArray();
                Assert.Equal(all.Distinct(), all);
                Assert.Equal(
                    communities.Select(members => members.Length).OrderDescending(),
                    communities.Select(members => members.Length)
                );
                // The centre may itself have gone to a larger community, so that any row may be it.
                Assert.All(
                    communities,
                    members =>
                        Assert.Contains(
                            Enumerable.Range(0, rows.Length),
                            centre => members.All(row => scores[centre, row] >= 0.7f - 1e-6f)
                        )
                );
            });

    [Fact]
    public void A_bucket_holds_the_number_that_went_into_it() =>
        Arbitrary.TwoRows.Check(given =>
        {
            var (rows, calibration) = given;
            var ranges = QuantizeEmbeddings.Ranges(calibration);
            var unsigned = QuantizeEmbeddings.ToUint8(rows, ranges);
            var signed = QuantizeEmbeddings.ToInt8(rows, ranges);
            for (var row = 0; row < rows.Length; row++)
            for (var d = 0; d < rows[row].Length; d++)
            {
                var (low, high, bucket) = (ranges[0][d], ranges[1][d], unsigned[row][d]);
                Assert.Equal(bucket - 128, signed[row][d]);
                var step = high > low ? (high - low) / 255 : 1;
                if (bucket > 0)
                    Assert.True(rows[row][d] >= low + bucket * step - 1e-5f);
                if (bucket < 255)
                    Assert.True(rows[row][d] <= low + (bucket + 1) * step + 1e-5f);
            }
        });

    [Fact]
    public void A_bit_is_the_sign_of_its_number() =>
        Arbitrary.TwoRows.Check(given =>
        {
            var (rows, _) = given;
            var packed = QuantizeEmbeddings.ToUbinary(rows);
            var signed = QuantizeEmbeddings.ToBinary(rows);
            for (var row = 0; row < rows.Length; row++)
            {
                Assert.Equal(packed[row].Select(x => x - 128), signed[row].Select(x => (int)x));
                for (var bit = 0; bit < packed[row].Length * 8; bit++)
                    Assert.Equal(
                        bit < rows[row].Length && rows[row][bit] > 0,
                        (packed[row][bit / 8] & (0x80 >> (bit % 8))) != 0
                    );
            }
        });
}
