using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>tokenizer.json files that someone wrote to do harm, or by mistake: each is refused by name, none takes long.</summary>
public class HostileTokenizerJsonTests
{
    private const string Tiny = """
        {
          "version": "1.0", "added_tokens": [], "normalizer": null, "pre_tokenizer": null, "post_processor": null,
          "decoder": null,
          "model": {"type": "BPE", "unk_token": null, "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}
        }
        """;

    [Fact]
    public void The_premise_is_a_tokenizer_that_loads()
    {
        Assert.Equal([2, 1], Load("normalizer", "null").Encode("abb").Ids);
        Assert.Null(Load("padding", "null").PadTokenId);
        Assert.Equal(1, Load("padding", """{"pad_token": "b"}""").PadTokenId);
        Assert.Equal([2, 2], Load("model.merges", """[["a", "b"]]""").Encode("abab").Ids);
    }

    [Theory]
    [InlineData("normalizer", "normalizers")]
    [InlineData("pre_tokenizer", "pretokenizers")]
    [InlineData("post_processor", "processors")]
    [InlineData("decoder", "decoders")]
    public void A_sequence_of_sequences_without_end_is_refused(string section, string key)
    {
        const int depth = 100_000;
        var open = $$"""{"type": "Sequence", "{{key}}": [""";
        var nested =
            $"{string.Concat(Enumerable.Repeat(open, depth))}{string.Concat(Enumerable.Repeat("]}", depth))}";
        using var folder = new TokenizerFolder().Write(
            "tokenizer.json",
            Tiny.Replace(
                $"\"{section}\": null",
                $"\"{section}\": {nested}",
                StringComparison.Ordinal
            )
        );
        var error = Assert.Throws<ModelFormatException>(() => Tokenizer.Load(folder.Path));
        Assert.Contains("depth", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.merges", """["a c"]""", "model.merges[0]: 'c' is not in the vocabulary")]
    [InlineData("model.merges", """["b a"]""", "model.merges[0]: 'ba' is not in the vocabulary")]
    [InlineData("model.merges", """["a b", "a"]""", "model.merges[1]: 'a' is not two tokens")]
    [InlineData("model.merges", """[["a"]]""", "model.merges")]
    [InlineData("model.merges", """[["a", "b", "b"]]""", "model.merges")]
    [InlineData("model.merges", "7", "model.merges")]
    [InlineData("model.vocab.b", "0", "have the same id 0")]
    [InlineData("model.vocab.b", "1e30", "model.vocab.b: expected a whole number")]
    [InlineData("model.vocab.b", "99999999999", "model.vocab.b: 99999999999 is not between")]
    [InlineData("model.dropout", "0.1", "model.dropout: 0.1")]
    [InlineData("model.unk_token", "\"<unk>\"", "unknown token \"<unk>\" is not among")]
    [InlineData("model.type", "\"Lattice\"", "model.type: the model Lattice is not supported")]
    [InlineData("normalizer", """{"type": "Soundex"}""", "the normalizer Soundex is not supported")]
    [InlineData("normalizer", """{"type": 7}""", "normalizer.type: expected a string")]
    [InlineData("normalizer", "[]", "normalizer: expected an object")]
    [InlineData(
        "pre_tokenizer",
        """{"type": "UnicodeScripts"}""",
        "UnicodeScripts is not supported"
    )]
    [InlineData("pre_tokenizer", """{"type": "Metaspace", "replacement": "__"}""", "one character")]
    [InlineData("post_processor", """{"type": "Other"}""", "post_processor.type: Other is not")]
    [InlineData("padding", """{"pad_token": "[PAD]"}""", "the pad token \"[PAD]\" is not among")]
    [InlineData("decoder", """{"type": "CTC"}""", "decoder.type: the decoder CTC is not supported")]
    public void What_contradicts_itself_or_is_not_supported_is_refused_by_name(
        string key,
        string value,
        string message
    )
    {
        var error = Assert.Throws<ModelFormatException>(() => Load(key, value));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_grows_without_end_is_refused()
    {
        var doubling =
            """{"type": "Replace", "pattern": {"String": "a"}, "content": "aaaaaaaaaa"}""";
        var all = string.Join(", ", Enumerable.Repeat(doubling, 30));
        var tokenizer = Load("normalizer", $$"""{"type": "Sequence", "normalizers": [{{all}}]}""");
        var error = Assert.Throws<ModelFormatException>(() => tokenizer.Encode("a"));
        Assert.Contains("characters of 1", error.Message, StringComparison.Ordinal);
        var decoder = Load("decoder", $$"""{"type": "Sequence", "decoders": [{{all}}]}""");
        Assert.Throws<ModelFormatException>(() => decoder.Decode([0]));
    }

    private static Tokenizer Load(string key, string value)
    {
        var root = JsonNode.Parse(Tiny)!;
        var json = root;
        var steps = key.Split('.');
        foreach (var step in steps[..^1])
            json = json[step]!;
        json[steps[^1]] = JsonNode.Parse(value);
        using var folder = new TokenizerFolder().Write("tokenizer.json", root.ToJsonString());
        return Tokenizer.Load(folder.Path);
    }
}
