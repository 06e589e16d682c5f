using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>A folder with a model of KR-SBERT's shape (12 layers of 768) and seeded random weights: what it costs is a trained one's cost.</summary>
/// <remarks>Its vocabulary is the embedded model's, so that texts are cut as they would be; the table has 40,000 rows all the same.</remarks>
internal sealed class RandomModel : IDisposable
{
    private const int Width = 768;
    private const int Inner = 3072;
    private const int Vocabulary = 40_000;
    private const int Positions = 512;
    private static readonly string[] SpecialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly int layers;
    private readonly bool classifier;

    /// <summary>Writes the folder; a classifier has a head of one label.</summary>
    public RandomModel(int layers = 12, bool classifier = false)
    {
        this.layers = layers;
        this.classifier = classifier;
        var donor = ModelManifest.Locate("ko-mini");
        foreach (
            var name in new[] { "vocab.txt", "tokenizer_config.json", "special_tokens_map.json" }
        )
            File.Copy(System.IO.Path.Combine(donor, name), System.IO.Path.Combine(Path, name));
        WriteConfig();
        WriteWeights();
    }

    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("workbook-bench-").FullName;

    /// <summary>The multiplications and additions of one token's way through the layers' matrices, each counted.</summary>
    public double FlopsPerToken => 2.0 * layers * (4 * Width * Width + 2 * Width * Inner);

    /// <summary>Adds what other libraries load: model.onnx, over the same weights, and tokenizer.json.</summary>
    public void WriteOnnx()
    {
        var config = JsonFile.ReadObject(System.IO.Path.Combine(Path, "config.json"));
        var architecture = SentenceTransformers.Architecture.Read(config);
        using var weights = new EncoderWeights(Path, architecture.AnchorWeight);
        var graph = EncoderSession.Draw(weights, architecture, head: null, Precision.Float32);
        File.WriteAllBytes(System.IO.Path.Combine(Path, "model.onnx"), graph.ToModel());
        WriteTokenizer();
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void WriteConfig()
    {
        var config = new Dictionary<string, object>
        {
            ["architectures"] = new[]
            {
                classifier ? "BertForSequenceClassification" : "BertModel",
            },
            ["model_type"] = "bert",
            ["vocab_size"] = Vocabulary,
            ["hidden_size"] = Width,
            ["num_hidden_layers"] = layers,
            ["num_attention_heads"] = 12,
            ["intermediate_size"] = Inner,
            ["max_position_embeddings"] = Positions,
            ["type_vocab_size"] = 2,
            ["hidden_act"] = "gelu",
            ["layer_norm_eps"] = 1e-12,
            ["pad_token_id"] = 0,
        };
        if (classifier)
            config["id2label"] = new Dictionary<string, string> { ["0"] = "LABEL_0" };
        File.WriteAllText(
            System.IO.Path.Combine(Path, "config.json"),
            JsonSerializer.Serialize(config)
        );
    }

    /// <summary>Adds tokenizer.json: the vocabulary once more, with BERT's rules spelled out as the Rust crate reads them.</summary>
    public void WriteTokenizer()
    {
        string[] words = File.ReadAllLines(System.IO.Path.Combine(Path, "vocab.txt"));
        object Special(string token) =>
            new
            {
                id = Array.IndexOf(words, token),
                content = token,
                single_word = false,
                lstrip = false,
                rstrip = false,
                normalized = false,
                special = true,
            };
        File.WriteAllText(
            System.IO.Path.Combine(Path, "tokenizer.json"),
            JsonSerializer.Serialize(
                new
                {
                    version = "1.0",
                    truncation = (object?)null,
                    padding = (object?)null,
                    added_tokens = SpecialTokens.Select(Special),
                    normalizer = new
                    {
                        type = "BertNormalizer",
                        clean_text = true,
                        handle_chinese_chars = true,
                        strip_accents = false,
                        lowercase = false,
                    },
                    pre_tokenizer = new { type = "BertPreTokenizer" },
                    post_processor = new
                    {
                        type = "BertProcessing",
                        sep = new object[] { "[SEP]", Array.IndexOf(words, "[SEP]") },
                        cls = new object[] { "[CLS]", Array.IndexOf(words, "[CLS]") },
                    },
                    decoder = new
                    {
                        type = "WordPiece",
                        prefix = "##",
                        cleanup = true,
                    },
                    model = new
                    {
                        type = "WordPiece",
                        unk_token = "[UNK]",
                        continuing_subword_prefix = "##",
                        max_input_chars_per_word = 100,
                        vocab = words.Index().ToDictionary(word => word.Item, word => word.Index),
                    },
                }
            )
        );
    }

    private void WriteWeights()
    {
        var tensors = Tensors().ToArray();
        var header = new Dictionary<string, object>();
        var offset = 0L;
        foreach (var (name, shape) in tensors)
        {
            var end = offset + 4 * shape.Aggregate(1L, (a, b) => a * b);
            header[name] = new
            {
                dtype = "F32",
                shape,
                data_offsets = new[] { offset, end },
            };
            offset = end;
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        using var file = File.Create(System.IO.Path.Combine(Path, "model.safetensors"));
        var length = new byte[8];
        var padding = (8 - json.Length % 8) % 8; // numbers begin at a multiple of 8
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length + padding);
        file.Write(length);
        file.Write(json);
        file.Write("        "u8[..padding]);

        // Numbers as BERT's initialisation draws them, about 0.02 wide; drawn once, and read from another place for each tensor.
        var random = new Random(1);
        var drawn = new float[1 << 20];
        for (var i = 0; i < drawn.Length; i++)
            drawn[i] = 0.07f * (random.NextSingle() - 0.5f);
        var ones = Enumerable.Repeat(1f, Width).ToArray();
        foreach (var (name, shape) in tensors)
        {
            var left = shape.Aggregate(1, (a, b) => a * b);
            var from = random.Next(drawn.Length / 2);
            while (left > 0)
            {
                var part = name.EndsWith("LayerNorm.weight", StringComparison.Ordinal)
                    ? ones.AsSpan()
                    : drawn.AsSpan(from, Math.Min(left, drawn.Length - from));
                file.Write(MemoryMarshal.AsBytes(part));
                left -= part.Length;
                from = 0;
            }
        }
    }

    private IEnumerable<(string Name, int[] Shape)> Tensors()
    {
        var prefix = classifier ? "bert." : "";
        (string, int[])[] Linear(string name, int inputs, int outputs) =>
            [($"{name}.weight", [outputs, inputs]), ($"{name}.bias", [outputs])];
        (string, int[])[] Norm(string name) =>
            [($"{name}.weight", [Width]), ($"{name}.bias", [Width])];

        var embeddings = $"{prefix}embeddings";
        yield return ($"{embeddings}.word_embeddings.weight", [Vocabulary, Width]);
        yield return ($"{embeddings}.position_embeddings.weight", [Positions, Width]);
        yield return ($"{embeddings}.token_type_embeddings.weight", [2, Width]);
        foreach (var tensor in Norm($"{embeddings}.LayerNorm"))
            yield return tensor;
        for (var layer = 0; layer < layers; layer++)
        {
            var name = $"{prefix}encoder.layer.{layer}";
            foreach (
                var tensor in new[]
                {
                    Linear($"{name}.attention.self.query", Width, Width),
                    Linear($"{name}.attention.self.key", Width, Width),
                    Linear($"{name}.attention.self.value", Width, Width),
                    Linear($"{name}.attention.output.dense", Width, Width),
                    Norm($"{name}.attention.output.LayerNorm"),
                    Linear($"{name}.intermediate.dense", Width, Inner),
                    Linear($"{name}.output.dense", Inner, Width),
                    Norm($"{name}.output.LayerNorm"),
                }.SelectMany(tensors => tensors)
            )
                yield return tensor;
        }
        if (!classifier)
            yield break;
        foreach (var tensor in Linear("bert.pooler.dense", Width, Width))
            yield return tensor;
        foreach (var tensor in Linear("classifier", Width, 1))
            yield return tensor;
    }
}
