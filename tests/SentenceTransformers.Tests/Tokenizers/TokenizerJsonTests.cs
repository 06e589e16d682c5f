using System.Text;
using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

public class TokenizerJsonTests
{
    [Fact]
    public void Truncation_and_padding_sections_are_left_aside()
    {
        // The premise: the file asks for 3 tokens at most and padding to 9.
        Assert.Equal(7, TinyTokenizer.Load(_ => { }).Encode("나는 학생이다.").Length);
    }

    [Fact]
    public void A_template_places_special_tokens_and_types_as_it_says()
    {
        var tokenizer = TinyTokenizer.Load(json =>
            json["post_processor"] = JsonNode.Parse(
                """
                {
                  "type": "TemplateProcessing",
                  "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "end", "type_id": 7}}],
                  "pair": [
                    {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "end", "type_id": 2}},
                    {"Sequence": {"id": "A", "type_id": 3}}
                  ],
                  "special_tokens": {"end": {"id": "end", "ids": [3, 4], "tokens": ["[SEP]", "[MASK]"]}}
                }
                """
            )
        );
        Assert.Equal([15, 3, 4], tokenizer.Encode("a").Ids);
        Assert.Equal([0, 7, 7], tokenizer.Encode("a").TypeIds);
        Assert.Equal([18, 3, 4, 15], tokenizer.Encode("a", "b").Ids);
        Assert.Equal([1, 2, 2, 3], tokenizer.Encode("a", "b").TypeIds);
        Assert.Throws<ArgumentException>(() => tokenizer.Encode("a", maxLength: 1));
        var ids = new int[3];
        Assert.Equal(3, tokenizer.EncodeIds("a", ids));
    }

    public static TheoryData<string, string, string> Unsupported =>
        new()
        {
            { "model.type", "\"Neural\"", "model.type: the model Neural is not supported" },
            { "normalizer.type", "\"Magic\"", "normalizer.type: the normalizer Magic is not" },
            { "pre_tokenizer.type", "\"Magic\"", "pre_tokenizer.type: the pre-tokenizer Magic" },
            { "post_processor.type", "\"Magic\"", "post_processor.type: Magic is not supported" },
            { "decoder.type", "\"CTC\"", "decoder.type: the decoder CTC is not supported" },
            { "version", "\"2.0\"", "version: 2.0 is not supported, expected 1.0" },
        };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void What_is_not_supported_is_refused_by_name(
        string key,
        string value,
        string message
    ) => Refuses(key, value, message);

    [Theory]
    [InlineData("model.vocab", "{}", "the vocabulary is empty")]
    [InlineData("model.vocab", "[]", "model.vocab: expected an object, found array")]
    [InlineData("model.vocab.a", "-1", "model.vocab.a: -1 is not between 0 and 9999999")]
    [InlineData("model.vocab.a", "4000000000", "model.vocab.a: 4000000000 is not between")]
    [InlineData("model.vocab.a", "1.5", "model.vocab.a: expected a whole number, found number 1.5")]
    [InlineData("model.vocab.a", "\"15\"", "model.vocab.a: expected a whole number, found string")]
    [InlineData("model.vocab.a", "5", "the tokens \"나\" and \"a\" have the same id 5")]
    [InlineData("model.unk_token", "\"<unk>\"", "unknown token \"<unk>\" is not among")]
    [InlineData("model.unk_token", "null", "model.unk_token: missing")]
    [InlineData("model.max_input_chars_per_word", "1e9", "model.max_input_chars_per_word: 1e9 is")]
    [InlineData("model.continuing_subword_prefix", "7", "expected a string, found number 7")]
    [InlineData("normalizer.lowercase", "\"yes\"", "normalizer.lowercase: expected true or false")]
    [InlineData("normalizer.clean_text", "null", "normalizer.clean_text: missing")]
    [InlineData("decoder.cleanup", "null", "decoder.cleanup: missing")]
    [InlineData("post_processor.cls", "[\"[CLS]\", 3]", "post_processor.cls: 3 for \"[CLS]\"")]
    [InlineData("post_processor.cls", "[\"<s>\", 2]", "token \"<s>\" is not in the vocabulary")]
    [InlineData("post_processor.cls", "[2, \"[CLS]\"]", "an array of a string and a whole number")]
    [InlineData("added_tokens", "{}", "added_tokens: expected an array, found object")]
    [InlineData("added_tokens", "[3]", "added_tokens[0]: expected an object, found number 3")]
    [InlineData("added_tokens", "[{\"id\": 5}]", "added_tokens[0].content: missing")]
    [InlineData("added_tokens", "[{\"id\": 9, \"content\": \"나\"}]", "added_tokens[0].id: 9 for")]
    [InlineData("added_tokens", "[{\"id\": 99, \"content\": \"새\"}]", "expected 19")]
    [InlineData(
        "added_tokens",
        "[{\"id\": 5, \"content\": \"나\"}, {\"id\": 5, \"content\": \"나\"}]",
        "added_tokens[1].content: \"나\" is listed twice"
    )]
    [InlineData(
        "added_tokens",
        "[{\"id\": 19, \"content\": \"\\u200b\", \"normalized\": true}]",
        "added_tokens[0].content: nothing is left of it when normalized"
    )]
    [InlineData("added_tokens", "[{\"id\": 19, \"content\": \"\\ufffd\"}]", "U+FFFD")]
    public void A_file_that_contradicts_itself_is_refused_by_name(
        string key,
        string value,
        string message
    ) => Refuses(key, value, message);

    [Fact]
    public void A_template_must_hold_each_text_once_and_known_special_tokens()
    {
        void Template(JsonNode json, string single) =>
            json["post_processor"] = JsonNode.Parse(
                """
                {"type": "TemplateProcessing", "single": SINGLE, "pair": [], "special_tokens":
                {"[CLS]": {"id": "[CLS]", "ids": [9], "tokens": ["[CLS]"]},
                 "two": {"id": "two", "ids": [2], "tokens": ["[CLS]", "[SEP]"]}}}
                """.Replace("SINGLE", single, StringComparison.Ordinal)
            );
        foreach (
            var (single, message) in new[]
            {
                ("[]", "post_processor.single: expected the sequence A once"),
                ("""[{"Sequence": {"id": "B", "type_id": 0}}]""", "id: B is not supported"),
                ("""[{"SpecialToken": {"id": "[CLS]", "type_id": 0}}]""", "9 for \"[CLS]\""),
                ("""[{"SpecialToken": {"id": "two", "type_id": 0}}]""", "1 ids for 2 tokens"),
                ("""[{"SpecialToken": {"id": "x", "type_id": 0}}]""", "special_tokens.x: missing"),
                ("""[{"Other": {}}]""", "post_processor.single[0].SpecialToken: missing"),
            }
        )
        {
            var error = Assert.Throws<ModelFormatException>(() =>
                TinyTokenizer.Load(json => Template(json, single))
            );
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Holes_between_ids_are_allowed_and_have_no_token()
    {
        var tokenizer = TinyTokenizer.Load(json => json["model"]!["vocab"]!["b"] = 40);
        Assert.Equal(41, tokenizer.VocabularySize);
        Assert.Null(tokenizer.IdToToken(18));
        Assert.Equal([2, 40, 3], tokenizer.Encode("b").Ids);
    }

    [Theory]
    [InlineData("{\"model\"")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{}")]
    public void A_file_cut_short_is_refused_with_its_name(string content)
    {
        using var folder = new TokenizerFolder().Write("tokenizer.json", content);
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Equal(folder["tokenizer.json"], error.File);
    }

    [Fact]
    public void A_repeated_token_is_refused()
    {
        using var folder = new TokenizerFolder().Write(
            "tokenizer.json",
            """{"version": "1.0", "model": {"type": "WordPiece", "vocab": {"가": 0, "가": 1}}}"""
        );
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains("model.vocab.가: listed twice", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\u00FF")] // written as one byte, which is no UTF-8
    public void A_token_that_is_no_unicode_is_refused(string token)
    {
        using var folder = new TokenizerFolder();
        var json =
            """{"version": "1.0", "model": {"type": "WordPiece", "vocab": {"TOKEN": 0}}}""".Replace(
                "TOKEN",
                token,
                StringComparison.Ordinal
            );
        File.WriteAllBytes(folder["tokenizer.json"], Encoding.Latin1.GetBytes(json));
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains(
            "model.vocab: holds a key that is not",
            error.Message,
            StringComparison.Ordinal
        );
    }

    private static void Refuses(string key, string value, string message)
    {
        var error = Assert.Throws<ModelFormatException>(() =>
            TinyTokenizer.Load(json =>
            {
                var steps = key.Split('.');
                foreach (var step in steps[..^1])
                    json = json[step]!;
                json[steps[^1]] = JsonNode.Parse(value);
            })
        );
        Assert.EndsWith("tokenizer.json", error.File, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
