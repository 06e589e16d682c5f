using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>tokenizer.json with a Unigram model, small enough to follow by hand.</summary>
public sealed class UnigramJsonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_text_goes_through_every_stage_and_back()
    {
        var tokenizer = Load(_ => { });
        var encoding = tokenizer.Encode("나는  ①★★ 학생");
        Assert.Equal([0, 5, 4, 7, 3, 4, 6, 2], encoding.Ids);
        Assert.Equal(["<s>", "▁나는", "▁", "1", "★★", "▁", "학생", "</s>"], encoding.Tokens);
        // Offsets are of the text as typed: the second space, ①, both stars.
        (int, int)[] offsets = [(0, 0), (0, 2), (3, 4), (4, 5), (5, 7), (7, 8), (8, 10), (0, 0)];
        Assert.Equal(offsets, encoding.Offsets);
        Assert.Equal("나는 1 학생", tokenizer.Decode(encoding.Ids));
    }

    [Theory]
    [InlineData("model.vocab", "[]", "model.vocab: the vocabulary is empty")]
    [InlineData("model.vocab", "null", "model.vocab: missing")]
    [InlineData(
        "model.vocab",
        "{}",
        "model.vocab: expected an array, each item an array of a string and"
    )]
    [InlineData(
        "model.vocab",
        "[[\"a\", 1], [\"b\"]]",
        "model.vocab[1]: expected an array of a string and a finite number, found array"
    )]
    [InlineData(
        "model.vocab",
        "[[\"a\", \"1\"]]",
        "model.vocab[0]: expected an array of a string and"
    )]
    [InlineData(
        "model.vocab",
        "[[\"a\", 1e999]]",
        "model.vocab[0]: expected an array of a string and"
    )]
    [InlineData("model.vocab", "[[\"\\ud800\", 1]]", "model.vocab[0]: not valid Unicode")]
    [InlineData("model.unk_id", "9", "model.unk_id: 9 is not between 0 and 8")]
    [InlineData("model.unk_id", "-1", "model.unk_id: -1 is not between 0 and 8")]
    [InlineData("model.unk_id", "1.5", "model.unk_id: expected a whole number, found number 1.5")]
    [InlineData("model.byte_fallback", "1", "model.byte_fallback: expected true or false")]
    [InlineData(
        "normalizer.normalizers.0.precompiled_charsmap",
        "\"*\"",
        "precompiled_charsmap: not base 64"
    )]
    [InlineData(
        "normalizer.normalizers.0.precompiled_charsmap",
        "\"\"",
        "precompiled_charsmap: the trie has 0 bytes"
    )]
    [InlineData(
        "normalizer.normalizers.0.precompiled_charsmap",
        "null",
        "precompiled_charsmap: missing"
    )]
    public void A_hostile_file_is_refused_by_its_key(string path, string value, string message)
    {
        var error = Assert.Throws<ModelFormatException>(() =>
            Load(
                json =>
                {
                    var keys = path.Split('.');
                    var node = keys[..^1]
                        .Aggregate(
                            json,
                            (at, key) => int.TryParse(key, out var i) ? at[i]! : at[key]!
                        );
                    node[keys[^1]] = "REPLACED";
                },
                value
            )
        );
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(folder["tokenizer.json"], error.File);
    }

    private Tokenizer Load(Action<JsonNode> change, string replaced = "")
    {
        var charsmap = Convert.ToBase64String(TinyCharsmap.Build(("①", "1")));
        var json = JsonNode.Parse(
            $$$"""
            {
              "version": "1.0",
              "added_tokens": [
                {"id": 0, "content": "<s>", "special": true}, {"id": 2, "content": "</s>", "special": true},
                {"id": 3, "content": "<unk>", "special": true}
              ],
              "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": "{{{charsmap}}}"},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}
              ]},
              "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"},
              "post_processor": {
                "type": "TemplateProcessing",
                "single": [
                  {"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                  {"SpecialToken": {"id": "</s>", "type_id": 0}}
                ],
                "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
                "special_tokens": {
                  "<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                  "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}
                }
              },
              "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"},
              "model": {"type": "Unigram", "unk_id": 3, "byte_fallback": false, "vocab": [
                ["<s>", 0], ["<pad>", 0], ["</s>", 0], ["<unk>", 0], ["▁", -3.0], ["▁나는", -4.0], ["학생", -5.0], ["1", -6], ["e", -6]
              ]}
            }
            """
        )!;
        change(json);
        folder.Write(
            "tokenizer.json",
            json.ToJsonString().Replace("\"REPLACED\"", replaced, StringComparison.Ordinal)
        );
        return Tokenizer.Load(folder.Path);
    }
}
