using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>A vocabulary small enough to read, as vocab.txt and as tokenizer.json.</summary>
internal static class TinyTokenizer
{
    /// <summary>A token's id is its place: [PAD] 0 to [MASK] 4, 나 5, ##는 6, ..., a 15, ##b 16, ㄱ 17, b 18.</summary>
    public static readonly string[] Tokens =
        "[PAD] [UNK] [CLS] [SEP] [MASK] 나 ##는 학생 ##이다 embed ##ding ##s ##다 . 한 a ##b ㄱ b".Split(
            ' '
        );

    public static string VocabularyText => string.Join('\n', Tokens) + "\n";

    /// <summary>A folder with vocab.txt for cased text.</summary>
    public static TokenizerFolder CasedFolder() =>
        new TokenizerFolder()
            .Write("vocab.txt", VocabularyText)
            .Write("tokenizer_config.json", """{"do_lower_case": false}""");

    public static WordPieceTokenizer Cased()
    {
        using var folder = CasedFolder();
        return folder.Load();
    }

    /// <summary>Loads a tokenizer.json after a change to it.</summary>
    public static WordPieceTokenizer Load(Action<JsonNode> change)
    {
        using var folder = new TokenizerFolder();
        return folder.Write("tokenizer.json", Json(change)).Load();
    }

    /// <summary>Adds an added token; flags are those named.</summary>
    public static void Add(JsonNode json, string content, int id, params string[] flags)
    {
        var token = new JsonObject { ["id"] = id, ["content"] = content };
        foreach (var flag in new[] { "single_word", "lstrip", "rstrip", "normalized", "special" })
            token[flag] = flags.Contains(flag);
        json["added_tokens"]!.AsArray().Add(token);
    }

    /// <summary>tokenizer.json after a change to it.</summary>
    public static string Json(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(
            """
            {
              "version": "1.0", "truncation": {"max_length": 3}, "padding": {"length": 9}, "added_tokens": [],
              "normalizer": {
                "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                "strip_accents": null, "lowercase": false
              },
              "pre_tokenizer": {"type": "BertPreTokenizer"},
              "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
              "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
              "model": {
                "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                "max_input_chars_per_word": 100, "vocab": {}
              }
            }
            """
        )!;
        for (var id = 0; id < Tokens.Length; id++)
        {
            json["model"]!["vocab"]![Tokens[id]] = id;
            if (id < 5)
                Add(json, Tokens[id], id, "special");
        }
        change(json);
        return json.ToJsonString();
    }
}
