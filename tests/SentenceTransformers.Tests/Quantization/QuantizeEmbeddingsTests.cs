namespace SentenceTransformers.Tests;

/// <summary>Quantization against sentence-transformers 6, and by hand.</summary>
public sealed class QuantizeEmbeddingsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Quantized_embeddings_equal_those_of_the_reference(bool shared)
    {
        var golden = Goldens.Json(
            shared ? Goldens.Shared("util/quantize.json") : Goldens.Own("util/quantize.json")
        );
        var compared = 0;
        foreach (var c in golden.GetProperty("cases").EnumerateArray())
        {
            var embeddings = Goldens.Rows(c.GetProperty("embeddings"));
            var ranges = c.GetProperty("ranges")
                is { ValueKind: not System.Text.Json.JsonValueKind.Null } r
                ? Goldens.Rows(r)
                : null;
            var expected = c.GetProperty("output");
            var actual = c.GetProperty("precision").GetString() switch
            {
                "int8" => Signed(QuantizeEmbeddings.ToInt8(embeddings, ranges)),
                "uint8" => Unsigned(QuantizeEmbeddings.ToUint8(embeddings, ranges)),
                "binary" => Signed(QuantizeEmbeddings.ToBinary(embeddings)),
                "ubinary" => Unsigned(QuantizeEmbeddings.ToUbinary(embeddings)),
                _ => null,
            };
            if (actual is null) // float32 is the embeddings themselves
                continue;
            Assert.Equal(Goldens.Integers(expected), actual);
            compared++;
        }
        Assert.True(compared >= 5, $"only {compared} cases to compare");

        static long[] Signed(sbyte[][] rows) =>
            [.. rows.SelectMany(row => row).Select(x => (long)x)];
        static long[] Unsigned(byte[][] rows) =>
            [.. rows.SelectMany(row => row).Select(x => (long)x)];
    }

    [Fact]
    public void Buckets_lie_between_the_smallest_and_the_largest_number_of_each_dimension()
    {
        float[][] embeddings =
        [
            [0, -255, 5],
            [255, 255, 5],
            [127.5f, 0, 5],
        ];
        float[][] ranges = QuantizeEmbeddings.Ranges(embeddings);
        Assert.Equal([0, -255, 5], ranges[0]);
        Assert.Equal([255, 255, 5], ranges[1]);
        // A dimension that never changes stays in the first bucket.
        Assert.Equal(
            [
                [0, 0, 0],
                [255, 255, 0],
                [127, 127, 0],
            ],
            QuantizeEmbeddings.ToUint8(embeddings)
        );
        Assert.Equal(
            [
                [-128, -128, -128],
                [127, 127, -128],
                [-1, -1, -128],
            ],
            QuantizeEmbeddings.ToInt8(embeddings)
        );
    }

    [Fact]
    public void What_lies_outside_the_ranges_goes_into_the_outermost_buckets() =>
        Assert.Equal(
            [
                [0],
                [0],
                [128],
                [255],
            ],
            QuantizeEmbeddings.ToUint8(
                [
                    [-300],
                    [0],
                    [128],
                    [300],
                ],
                [
                    [0],
                    [255],
                ]
            )
        );

    [Fact]
    public void Bits_are_packed_from_the_highest_and_neither_zero_is_positive()
    {
        float[][] embeddings =
        [
            [1, -1, 0.5f, 0, -0f, 1e-45f, -1e-45f, 2, 3],
        ];
        Assert.Equal(
            [
                [0b1010_0101, 0b1000_0000],
            ],
            QuantizeEmbeddings.ToUbinary(embeddings)
        );
        Assert.Equal(
            [
                [0b1010_0101 - 128, 0],
            ],
            QuantizeEmbeddings.ToBinary(embeddings)
        );
    }

    [Fact]
    public void No_embeddings_stay_none()
    {
        Assert.Empty(QuantizeEmbeddings.ToInt8([]));
        Assert.Empty(QuantizeEmbeddings.ToUint8([]));
        Assert.Empty(QuantizeEmbeddings.ToBinary([]));
        Assert.Empty(QuantizeEmbeddings.ToUbinary([]));
    }

    [Fact]
    public void What_cannot_be_quantized_is_refused()
    {
        float[][] rows =
        [
            [1, 2],
        ];
        Refused(
            () =>
                QuantizeEmbeddings.ToUint8(
                    rows,
                    [
                        [1, 2],
                    ]
                ),
            "expected 2 rows"
        );
        Refused(
            () =>
                QuantizeEmbeddings.ToUint8(
                    rows,
                    [
                        [1],
                        [2],
                    ]
                ),
            "expected rows of 2 numbers"
        );
        Refused(
            () =>
                QuantizeEmbeddings.ToInt8([
                    [1, float.NaN],
                ]),
            "row 0 holds NaN at 1"
        );
        Refused(
            () =>
                QuantizeEmbeddings.ToUbinary([
                    [1],
                    [1, 2],
                ]),
            "row 1 has 2 numbers"
        );
        Refused(() => QuantizeEmbeddings.Ranges([]), "no rows");

        static void Refused(Func<object> compute, string problem) =>
            Assert.Contains(
                problem,
                Assert.Throws<ArgumentException>(compute).Message,
                StringComparison.Ordinal
            );
    }
}
