namespace SentenceTransformers.Tests;

/// <summary>Every architecture computes what Hugging Face's class of it computes, and what its figure promises.</summary>
public sealed class ArchitectureTests : IDisposable
{
    private const float Tolerance = 1e-6f;

    private readonly TemporaryFolder folder = new();

    /// <summary>The tiny models that every clone has.</summary>
    public static TheoryData<string> Own =>
        [
            "bert-tiny",
            "roberta-tiny",
            "distilbert-tiny",
            "electra-tiny",
            "mpnet-tiny",
            "albert-tiny",
        ];

    /// <summary>Those whose positions do not count padding on the left.</summary>
    public static TheoryData<string> Shiftable => ["roberta-tiny", "mpnet-tiny"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Own))]
    public void Token_embeddings_equal_those_of_the_reference(string model)
    {
        using var session = EncoderGolden.Open(Goldens.Own($"models/{model}"));
        var cases = EncoderGolden.Cases(Goldens.Own($"models/{model}/golden.json"));
        Assert.Contains(cases, golden => HasPadding(EncoderGolden.Inputs(golden)));
        foreach (var golden in cases)
            EncoderGolden.AssertMatches(session, golden);
    }

    [Fact]
    public void Every_model_of_the_larger_set_gives_the_reference_s_embeddings()
    {
        var models = Directory
            .GetDirectories(Goldens.Shared("models"), "*-tiny")
            .Where(model => File.Exists(Path.Combine(model, "golden.json")))
            .ToArray();
        Assert.True(models.Length >= 7, "bert, roberta, xlmr, distilbert, electra, mpnet, albert");
        foreach (var model in models)
        {
            using var session = EncoderGolden.Open(model);
            foreach (var golden in EncoderGolden.Cases(Path.Combine(model, "golden.json")))
                EncoderGolden.AssertMatches(session, golden);
        }
    }

    [Theory]
    [InlineData("bert-tiny")]
    [InlineData("roberta-tiny")]
    [InlineData("xlmr-tiny")]
    [InlineData("distilbert-tiny")]
    public void A_graph_exported_by_torch_gives_the_same(string model)
    {
        using var session = EncoderSession.FromOnnx(Goldens.Shared($"onnx/{model}.onnx"));
        // A case without a mask or types is computed as if all were 1 and 0, as the reference does.
        foreach (var golden in EncoderGolden.Cases(Goldens.Shared($"models/{model}/golden.json")))
            EncoderGolden.AssertMatches(session, golden);
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void A_batch_and_its_padding_change_no_embedding(string model)
    {
        using var session = EncoderGolden.Open(Goldens.Own($"models/{model}"));
        var architecture = EncoderGolden.Read(Goldens.Own($"models/{model}"));
        long[][] texts =
        [
            .. new[] { 9, 2, 17, 1, 30 }.Select((length, i) => Ids(length, i, architecture)),
        ];
        var together = session.Run(Batch(texts, padLeft: false));
        for (var i = 0; i < texts.Length; i++)
            AssertSame(
                session.Run(Batch([texts[i]], padLeft: false)),
                together,
                i,
                texts[i].Length,
                0
            );

        var reversed = session.Run(Batch([.. texts.Reverse()], padLeft: false));
        for (var i = 0; i < texts.Length; i++)
        for (var token = 0; token < texts[i].Length; token++)
            Goldens.AssertClose(
                together[i, token],
                reversed[texts.Length - 1 - i, token],
                Tolerance,
                $"text {i}"
            );
    }

    [Theory]
    [MemberData(nameof(Shiftable))]
    public void Padding_on_the_left_changes_nothing_where_positions_count_tokens(string model)
    {
        using var session = EncoderGolden.Open(Goldens.Own($"models/{model}"));
        var architecture = EncoderGolden.Read(Goldens.Own($"models/{model}"));
        long[][] texts = [Ids(4, 1, architecture), Ids(11, 2, architecture)];
        var left = session.Run(Batch(texts, padLeft: true));
        for (var i = 0; i < texts.Length; i++)
            AssertSame(
                session.Run(Batch([texts[i]], padLeft: false)),
                left,
                i,
                texts[i].Length,
                11 - texts[i].Length
            );
    }

    [Fact]
    public void A_token_s_place_matters_in_every_architecture()
    {
        foreach (var model in Own.Select(row => row.Data))
        {
            using var session = EncoderGolden.Open(Goldens.Own($"models/{model}"));
            var found = session.Run(
                Batch(
                    [
                        [5, 7, 7, 6],
                    ],
                    padLeft: false
                )
            );
            Assert.NotEqual(found[0, 1].ToArray(), found[0, 2].ToArray());
        }
    }

    [Theory]
    [InlineData("bert-tiny", "BertModel", 64, 64, 2)]
    [InlineData("roberta-tiny", "RobertaModel", 66, 64, 1)] // 0 and 1 lie before the first token's position
    [InlineData("distilbert-tiny", "DistilBertModel", 64, 64, 1)]
    [InlineData("electra-tiny", "ElectraModel", 64, 64, 2)]
    [InlineData("mpnet-tiny", "MPNetModel", 66, 64, 1)]
    [InlineData("albert-tiny", "AlbertModel", 64, 64, 2)]
    public void Names_and_limits_are_those_of_the_reference(
        string model,
        string name,
        int positions,
        int maxTokens,
        int tokenTypes
    )
    {
        var architecture = EncoderGolden.Read(Goldens.Own($"models/{model}"));
        Assert.Equal(
            (name, positions, maxTokens, tokenTypes),
            (
                architecture.Name,
                architecture.Positions,
                architecture.MaxTokens,
                architecture.TokenTypes
            )
        );
    }

    [Theory]
    [InlineData("roberta-tiny")]
    [InlineData("mpnet-tiny")]
    public void As_many_tokens_as_promised_can_be_read(string model)
    {
        using var session = EncoderGolden.Open(Goldens.Own($"models/{model}"));
        var architecture = EncoderGolden.Read(Goldens.Own($"models/{model}"));
        Assert.Equal(64, session.Run(Batch([Ids(64, 0, architecture)], padLeft: false)).TokenCount);
    }

    [Theory]
    [InlineData("xlm-roberta", "XLMRobertaModel")]
    [InlineData("camembert", "CamembertModel")]
    public void Descendants_of_Roberta_are_the_same_figure_by_another_name(string type, string name)
    {
        folder.Copy(Goldens.Own("models/roberta-tiny/model.safetensors"), "model.safetensors");
        EncoderGolden.WriteConfig(folder, "roberta-tiny", "model_type", $"\"{type}\"");
        Assert.Equal(name, EncoderGolden.Read(folder.Path).Name);
        using var session = EncoderGolden.Open(folder.Path);
        foreach (var golden in EncoderGolden.Cases(Goldens.Own("models/roberta-tiny/golden.json")))
            EncoderGolden.AssertMatches(session, golden);
    }

    [Fact]
    public void A_Roberta_with_another_padding_token_counts_from_behind_that()
    {
        folder.Copy(Goldens.Own("models/roberta-tiny/model.safetensors"), "model.safetensors");
        EncoderGolden.WriteConfig(folder, "roberta-tiny", "pad_token_id", "5");
        Assert.Equal(60, EncoderGolden.Read(folder.Path).MaxTokens);
        using var session = EncoderGolden.Open(folder.Path);
        using var usual = EncoderGolden.Open(Goldens.Own("models/roberta-tiny"));
        // The same token four positions further on: behind four tokens that the mask hides.
        var shifted = session.Run(
            Batch(
                [
                    [8, 9],
                ],
                padLeft: false
            )
        );
        var hidden = usual.Run(
            new Features
            {
                InputIds = [20, 20, 20, 20, 8, 9],
                AttentionMask = [0, 0, 0, 0, 1, 1],
                TokenTypeIds = new long[6],
                BatchSize = 1,
                TokenCount = 6,
            }
        );
        AssertSame(shifted, hidden, 0, 2, 4);
    }

    [Fact]
    public void Where_all_tokens_are_of_one_type_the_types_given_are_not_read()
    {
        // klue/roberta-base: a tokenizer that numbers the texts of a pair 0 and 1, and a table with one row.
        using var session = EncoderGolden.Open(Goldens.Own("models/roberta-tiny"));
        var features = Batch(
            [
                [0, 10, 2, 11, 2],
            ],
            padLeft: false
        );
        var expected = session.Run(features);
        features.TokenTypeIds.AsSpan(3).Fill(1);
        Assert.Equal(expected.Values, session.Run(features).Values);
    }

    private static bool HasPadding(Features features) => features.AttentionMask.Contains(0);

    // Ids that differ from text to text, none of them a special one.
    private static long[] Ids(int length, int seed, Architecture architecture) =>
        [
            .. Enumerable
                .Range(0, length)
                .Select(i => 5 + (37L * i + 101 * seed) % (architecture.VocabularySize - 5)),
        ];

    private static Features Batch(long[][] texts, bool padLeft)
    {
        const long pad = 1; // what RoBERTa and MPNet take for padding; the others look at the mask alone
        var tokens = texts.Max(text => text.Length);
        var ids = new List<long>();
        var mask = new List<long>();
        foreach (var text in texts)
        {
            var gap = tokens - text.Length;
            var padding = Enumerable.Repeat(pad, gap);
            ids.AddRange(padLeft ? [.. padding, .. text] : [.. text, .. padding]);
            var ones = Enumerable.Repeat(1L, text.Length);
            mask.AddRange(padLeft ? [.. new long[gap], .. ones] : [.. ones, .. new long[gap]]);
        }
        return new Features
        {
            InputIds = [.. ids],
            AttentionMask = [.. mask],
            TokenTypeIds = new long[ids.Count],
            BatchSize = texts.Length,
            TokenCount = tokens,
        };
    }

    private static void AssertSame(
        TokenEmbeddings alone,
        TokenEmbeddings batch,
        int row,
        int length,
        int start
    )
    {
        for (var token = 0; token < length; token++)
            Goldens.AssertClose(
                alone[0, token],
                batch[row, start + token],
                Tolerance,
                $"text {row}, token {token}"
            );
    }
}
