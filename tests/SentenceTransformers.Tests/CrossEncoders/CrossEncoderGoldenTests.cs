using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Logits, activations and ranks are those of Hugging Face and sentence-transformers, to within float noise (5e-6).</summary>
public sealed class CrossEncoderGoldenTests : IDisposable
{
    private const float Tolerance = 5e-6f;

    private readonly TemporaryFolder folder = new();

    /// <summary>Those of which the repository has a copy.</summary>
    public static TheoryData<string> Models => ["bert-ce-1", "roberta-ce-3"];

    /// <summary>All that lie beside the repository; where nothing does, one that is skipped.</summary>
    public static IEnumerable<TheoryDataRow<string>> SharedModels
    {
        get
        {
            var folder = Path.Combine(
                Goldens.Repository,
                "..",
                "shared",
                "goldens",
                "cross-encoders"
            );
            string[] names = Directory.Exists(folder)
                ? [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!)]
                : ["bert-ce-1"];
            return names
                .Order(StringComparer.Ordinal)
                .Select(name => new TheoryDataRow<string>(name));
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void The_heads_give_the_reference_s_logits_for_its_ids(string name)
    {
        var config = JsonFile.ReadObject(Goldens.Own($"cross-encoders/{name}/config.json"));
        using var session = EncoderSession.FromWeights(
            Goldens.Own($"cross-encoders/{name}"),
            Architecture.Read(config),
            ClassificationHead.Read(config)
        );
        var golden = Goldens.Json(Goldens.Own($"cross-encoders/{name}/golden.json"));
        var found = session.RunHead(
            EncoderGolden.Inputs(golden),
            golden.GetProperty("num_labels").GetInt32()
        );
        var logits = golden.GetProperty("outputs").GetProperty("logits");
        Assert.Equal(Goldens.Shape(logits)[0], found.Length);
        Goldens.AssertClose(
            Goldens.Floats(logits),
            [.. found.SelectMany(row => row)],
            Tolerance,
            name
        );
    }

    [Theory]
    [MemberData(nameof(SharedModels))]
    public void Whole_folders_give_the_reference_s_scores(string name)
    {
        using var model = CrossEncoder.Load(Goldens.Shared($"cross-encoders/{name}"));
        foreach (var batchSize in new[] { 1, 5, 100 })
            AssertScores(model, name, new PredictOptions { BatchSize = batchSize });
    }

    [Theory]
    [MemberData(nameof(SharedModels))]
    public void Pairs_are_cut_and_typed_as_the_reference_cuts_and_types_them(string name)
    {
        using var model = CrossEncoder.Load(Goldens.Shared($"cross-encoders/{name}"));
        var golden = Golden(name);
        Assert.Equal(golden.GetProperty("max_length").GetInt32(), model.MaxSequenceLength);
        var pairs = Pairs(golden);
        Assert.Contains(
            pairs,
            pair => model.CountTokens(pair.Text, pair.Pair) > model.MaxSequenceLength
        );
        var inputs = golden.GetProperty("inputs");
        var features = model.Transformer.Batch([
            .. pairs.Select(pair => model.Transformer.Tokenize(pair.Text, null, pair.Pair)),
        ]);
        Assert.Equal(Goldens.Integers(inputs.GetProperty("input_ids")), features.InputIds);
        Assert.Equal(
            Goldens.Integers(inputs.GetProperty("attention_mask")),
            features.AttentionMask
        );
        if (inputs.TryGetProperty("token_type_ids", out var types))
            Assert.Equal(Goldens.Integers(types), features.TokenTypeIds);
        else
            Assert.All(features.TokenTypeIds, type => Assert.Equal(0, type));
    }

    [Theory]
    [MemberData(nameof(SharedModels))]
    public void Documents_rank_as_in_the_reference(string name)
    {
        if (!Golden(name).TryGetProperty("rank", out var rank))
            return; // several labels have no order
        using var model = CrossEncoder.Load(Goldens.Shared($"cross-encoders/{name}"));
        var found = model.Rank(
            rank.GetProperty("query").GetString()!,
            rank.GetProperty("documents").EnumerateArray().Select(text => text.GetString()!)
        );
        Assert.Equal(
            rank.GetProperty("order").EnumerateArray().Select(index => index.GetInt32()),
            found.Select(document => document.Index)
        );
        Goldens.AssertClose(
            [.. rank.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle())],
            [.. found.Select(document => document.Score)],
            Tolerance,
            name
        );
    }

    [Fact]
    public void A_graph_exported_by_torch_gives_the_same()
    {
        foreach (var file in Directory.GetFiles(Goldens.Shared("cross-encoders/bert-ce-1")))
            if (Path.GetExtension(file) != ".safetensors") // so that nothing else can have been read
                folder.Copy(file, Path.GetFileName(file));
        folder.Copy(Goldens.Shared("onnx/bert-ce-1.onnx"), "onnx/model.onnx");
        using (var model = CrossEncoder.Load(folder.Path))
            AssertScores(model, "bert-ce-1", new PredictOptions());
        folder.Copy(Goldens.Shared("onnx/bert-ce-3.onnx"), "onnx/model.onnx");
        Assert.Contains(
            "model.onnx: output 'logits' has 3 labels, and config.json 1",
            Assert.Throws<ModelFormatException>(() => CrossEncoder.Load(folder.Path)).Message,
            StringComparison.Ordinal
        );
        folder.Copy(Goldens.Shared("onnx/bert-tiny.onnx"), "onnx/model.onnx");
        Assert.Contains(
            "model.onnx: no output 'logits', found",
            Assert.Throws<ModelFormatException>(() => CrossEncoder.Load(folder.Path)).Message,
            StringComparison.Ordinal
        );
    }

    private static void AssertScores(CrossEncoder model, string name, PredictOptions options)
    {
        var golden = Golden(name);
        var pairs = Pairs(golden);
        var outputs = golden.GetProperty("outputs");
        Assert.Equal(golden.GetProperty("num_labels").GetInt32(), model.Labels.Count);
        AssertRows("logits", options with { Activation = ActivationFunction.Identity });
        if (model.Labels.Count == 1)
        {
            Goldens.AssertClose(
                Goldens.Floats(outputs.GetProperty("sigmoid")),
                model.Predict(pairs, options),
                Tolerance,
                $"{name} sigmoid"
            );
            return;
        }
        AssertRows("logits", options);
        AssertRows("softmax", options with { Activation = ActivationFunction.Softmax });

        void AssertRows(string output, PredictOptions with) =>
            Goldens.AssertClose(
                Goldens.Floats(outputs.GetProperty(output)),
                [.. model.PredictLabels(pairs, with).SelectMany(row => row)],
                Tolerance,
                $"{name} {output}"
            );
    }

    private static JsonElement Golden(string name) =>
        Goldens.Json(Goldens.Shared($"cross-encoders/{name}/golden.json"));

    private static (string Text, string Pair)[] Pairs(JsonElement golden) =>
        [
            .. golden
                .GetProperty("pairs")
                .EnumerateArray()
                .Select(pair => (pair[0].GetString()!, pair[1].GetString()!)),
        ];
}
