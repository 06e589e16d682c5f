using System.IO.Compression;
using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>The Rust tokenizer's ids for tens of thousands of texts: real Korean, hand-made nastiness, every code point.</summary>
public class WordPieceParityTests
{
    [Theory]
    [InlineData("korsts", "cased")]
    [InlineData("kormix", "cased")]
    [InlineData("nasty", "cased")]
    [InlineData("sweep", "cased")]
    [InlineData("korsts", "lower")]
    [InlineData("nasty", "lower")]
    [InlineData("sweep", "lower")]
    public void Ids_equal_the_reference(string set, string casing)
    {
        using var folder = new TokenizerFolder().Copy(
            Goldens.Shared($"wordpiece-parity/kr-{casing}.json"),
            "tokenizer.json"
        );
        var tokenizer = folder.Load();
        var texts = Texts(set);
        var expected = Lines($"wordpiece-parity/{set}.{casing}.ids.gz");
        Assert.Equal(expected.Length, texts.Length);
        Assert.NotEmpty(texts);

        var ids = new int[3 * texts.Max(text => text.Length) + 2];
        var differences = new List<string>();
        for (var i = 0; i < texts.Length; i++)
        {
            var count = tokenizer.EncodeIds(texts[i], ids);
            var fast = string.Join(' ', ids[..count]);
            var full = string.Join(' ', tokenizer.Encode(texts[i]).Ids);
            if (fast != expected[i] || full != expected[i])
                differences.Add($"line {i}: expected {expected[i]}, found {fast} and {full}");
        }
        Assert.True(
            differences.Count == 0,
            $"{differences.Count} of {texts.Length}: {string.Join('\n', differences.Take(5))}"
        );
    }

    [Theory]
    [InlineData("korsts", "cased")]
    [InlineData("nasty", "cased")]
    [InlineData("nasty", "lower")]
    [InlineData("sweep", "lower")]
    public void The_general_tokenizer_gives_the_same_ids(string set, string casing)
    {
        // A sequence of one pre-tokenizer is the same, but no longer the combination that has a tokenizer of its own.
        var json = File.ReadAllText(Goldens.Shared($"wordpiece-parity/kr-{casing}.json"));
        var root = JsonNode.Parse(json)!;
        root["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(root["pre_tokenizer"]!.DeepClone()),
        };
        using var folder = new TokenizerFolder().Write("tokenizer.json", root.ToJsonString());
        var tokenizer = Assert.IsType<PipelineTokenizer>(Tokenizer.Load(folder.Path));
        var texts = Texts(set);
        var expected = Lines($"wordpiece-parity/{set}.{casing}.ids.gz");
        Assert.Equal(expected.Length, texts.Length);
        for (var i = 0; i < texts.Length; i++)
            Assert.Equal(expected[i], string.Join(' ', tokenizer.Encode(texts[i]).Ids));
    }

    [Fact]
    public void The_readable_version_gives_the_same_tokens()
    {
        using var folder = new TokenizerFolder().Copy(
            Goldens.Shared("wordpiece-parity/kr-cased.json"),
            "tokenizer.json"
        );
        var tokenizer = folder.Load();
        var readable = new ReadableWordPiece(tokenizer.Vocabulary);
        foreach (var text in Texts("nasty").Concat(Texts("korsts").Take(2_000)))
            Assert.Equal(
                tokenizer.PreTokenize(text).SelectMany(readable.Tokenize),
                tokenizer.Encode(text).Tokens[1..^1]
            );
    }

    private static string[] Texts(string set) =>
        [.. Lines($"wordpiece-parity/{set}.hex.gz").Select(FromHexadecimal)];

    private static string[] Lines(string path)
    {
        using var file = File.OpenRead(Goldens.Shared(path));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }

    // UTF-16 code units, big-endian, so that lone surrogates survive.
    private static string FromHexadecimal(string line)
    {
        var bytes = Convert.FromHexString(line);
        return string.Create(
            bytes.Length / 2,
            bytes,
            static (text, source) =>
            {
                for (var i = 0; i < text.Length; i++)
                    text[i] = (char)((source[2 * i] << 8) | source[2 * i + 1]);
            }
        );
    }
}
