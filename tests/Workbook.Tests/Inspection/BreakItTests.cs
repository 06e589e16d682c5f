using SentenceTransformers;

namespace Workbook.Tests;

/// <summary>Each mistake does what it says, and nothing else.</summary>
public sealed class BreakItTests : IDisposable
{
    private static readonly string[] Sentences =
    [
        "네",
        "오늘 하늘이 맑아요",
        "C++로 프로그램을 짜는 것은 C로 짜는 것보다 배우기가 조금 더 어렵다고 다들 말합니다",
    ];

    private readonly SentenceTransformer model = SentenceTransformer.Load("ko-mini");

    public void Dispose() => model.Dispose();

    [Fact]
    public void No_mistake_gives_the_library_s_cosines() =>
        Assert.Equal(
            Similarity.Cosine(model.Encode(Sentences)),
            BreakIt.Matrix(model, Sentences, Damage.None)
        );

    [Fact]
    public void Without_the_mask_a_sentence_depends_on_those_beside_it_but_the_longest_of_a_batch()
    {
        var right = BreakIt.Matrix(model, Sentences, Damage.None);
        var wrong = BreakIt.Matrix(model, Sentences, Damage.MaskIgnored);
        var alone = BreakIt.Matrix(model, [Sentences[2], Sentences[2]], Damage.MaskIgnored);

        Assert.NotEqual(right[0, 1], wrong[0, 1], 0.01f);
        Assert.Equal(1, alone[0, 1], 1e-5f); // no padding, no mistake
    }

    [Fact]
    public void The_last_token_of_the_batch_is_padding_for_all_but_the_longest()
    {
        var features = model.Tokenize(Sentences);
        model.Transformer.Forward(features);
        var tokens = features.TokenEmbeddings!;
        float[][] last =
        [
            .. Enumerable.Range(0, 3).Select(i => tokens[i, tokens.TokenCount - 1].ToArray()),
        ];

        Assert.Equal(
            Similarity.Cosine(last),
            BreakIt.Matrix(model, Sentences, Damage.LastTokenOfTheBatch)
        );
    }

    [Fact]
    public void Texts_are_changed_as_named()
    {
        Assert.Equal(
            Similarity.Cosine(model.Encode(["네", "오늘 하늘이 맑아요"])),
            BreakIt.Matrix(model, ["네", "오늘 하늘이 맑아요 ☀+"], Damage.SymbolsDropped)
        );
        Assert.Equal(
            Similarity.Cosine(
                model.Encode([
                    .. Sentences.Select(text =>
                        text.Normalize(System.Text.NormalizationForm.FormD)
                    ),
                ])
            ),
            BreakIt.Matrix(model, Sentences, Damage.Decomposed)
        );
        Assert.Equal(
            BreakIt.Matrix(model, ["a 네"], Damage.Decomposed),
            BreakIt.Matrix(model, ["A 네"], Damage.LowerCased)
        );
        Assert.Equal(
            Similarity.Cosine(model.Encode(Sentences, new() { MaxLength = 16 })),
            BreakIt.Matrix(model, Sentences, Damage.CutAt16)
        );
    }

    [Fact]
    public void A_dot_product_is_no_cosine() =>
        Assert.Equal(
            Similarity.Dot(model.Encode(Sentences)),
            BreakIt.Matrix(model, Sentences, Damage.NotNormalized)
        );

    [Theory]
    [InlineData(Damage.None)]
    [InlineData(Damage.CutAt16)]
    [InlineData(Damage.NotNormalized)]
    public void Pairs_have_the_scores_of_the_matrix(Damage damage)
    {
        var matrix = BreakIt.Matrix(model, Sentences, damage);

        var scores = BreakIt.Scores(
            model,
            [Sentences[0], Sentences[1]],
            [Sentences[1], Sentences[2]],
            damage
        );

        Assert.Equal(matrix[0, 1], scores[0], 1e-5f);
        Assert.Equal(matrix[1, 2], scores[1], 1e-5f);
    }

    [Fact]
    public void A_cross_encoder_without_types_scores_otherwise()
    {
        using var cross = CrossEncoder.Load("ko-mini-cross");
        var logits = cross.Predict(
            [(Sentences[1], Sentences[2])],
            new() { Activation = ActivationFunction.Identity }
        );

        var broken = BreakIt.ScoresWithoutTypes(cross, [Sentences[1]], [Sentences[2]]);

        Assert.Single(broken);
        Assert.NotEqual(logits[0], broken[0], 1e-3f);
    }
}
