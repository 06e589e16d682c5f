using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Ids, tokens, offsets, pairs and truncation of the tokenizers of BERT, RoBERTa and XLM-R, from tokenizer.json and from older files.</summary>
public class TokenizerGoldenTests
{
    private const string Cased = "models/bert-tiny";
    private const string Uncased = "models/bert-uncased-tokenizer";
    private const string KrSbert = "kr-sbert-tokenizer";
    private const string Roberta = "models/roberta-tiny";
    private const string XlmRoberta = "models/xlmr-tiny";
    private const string XlmRobertaWords = "models/xlmr-ws-tokenizer"; // the layout of the published file

    public static TheoryData<string, bool> Folders =>
        new()
        {
            { Cased, true },
            { Uncased, true },
            { KrSbert, true },
            { Cased, false },
            { Uncased, false },
            { KrSbert, false },
            { Roberta, true },
            { Roberta, false },
            { XlmRoberta, true },
            { XlmRoberta, false },
            { XlmRobertaWords, true },
        };

    [Theory]
    [MemberData(nameof(Folders))]
    public void Texts_have_the_reference_ids_tokens_offsets_and_decoding(string name, bool fromJson)
    {
        using var folder = Folder(name, fromJson);
        var tokenizer = Tokenizer.Load(folder.Path);
        foreach (var golden in Cases(name, "texts"))
        {
            var text = golden.GetProperty("text").GetString()!;
            var encoding = tokenizer.Encode(text);
            Assert.Equal(Integers(golden, "ids"), encoding.Ids);
            Assert.Equal(
                golden.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()),
                encoding.Tokens
            );
            Assert.Equal(Integers(golden, "offsets"), CodePointOffsets(text, encoding.Offsets));
            Assert.All(encoding.TypeIds, type => Assert.Equal(0, type));
            Assert.Equal(
                golden.GetProperty("decoded_skip_special").GetString(),
                tokenizer.Decode(encoding.Ids)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Pairs_have_the_reference_ids_and_types(string name, bool fromJson)
    {
        using var folder = Folder(name, fromJson);
        var tokenizer = Tokenizer.Load(folder.Path);
        foreach (var golden in Cases(name, "pairs"))
        {
            var encoding = tokenizer.Encode(
                golden.GetProperty("text").GetString()!,
                golden.GetProperty("pair").GetString()
            );
            Assert.Equal(Integers(golden, "ids"), encoding.Ids);
            Assert.Equal(Integers(golden, "type_ids"), encoding.TypeIds);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Truncation_cuts_and_refuses_as_the_reference_does(string name, bool fromJson)
    {
        using var folder = Folder(name, fromJson);
        var tokenizer = Tokenizer.Load(folder.Path);
        var refused = 0;
        foreach (var golden in Cases(name, "truncation"))
        {
            TokenEncoding Encode() =>
                tokenizer.Encode(
                    golden.GetProperty("text").GetString()!,
                    golden.GetProperty("pair").GetString(),
                    golden.GetProperty("max_length").GetInt32(),
                    golden.GetProperty("strategy").GetString() switch
                    {
                        "longest_first" => TruncationStrategy.LongestFirst,
                        "only_first" => TruncationStrategy.OnlyFirst,
                        _ => TruncationStrategy.OnlySecond,
                    }
                );
            if (golden.TryGetProperty("error", out _))
            {
                Assert.Throws<ArgumentException>(Encode);
                refused++;
                continue;
            }
            var encoding = Encode();
            Assert.Equal(Integers(golden, "ids"), encoding.Ids);
            Assert.Equal(Integers(golden, "type_ids"), encoding.TypeIds);
        }
        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void A_sentence_transformers_folder_gives_the_ids_of_transformers_js()
    {
        var tokenizer = Tokenizer.Load(Goldens.Shared("tjs/krsbert-vocab-tiny"));
        var golden = Goldens.Json(Goldens.Shared("tjs/krsbert-vocab-tiny/golden.json"));
        var texts = golden.GetProperty("texts").EnumerateArray().ToArray();
        var ids = golden.GetProperty("ids").EnumerateArray().ToArray();
        Assert.NotEmpty(texts);
        for (var i = 0; i < texts.Length; i++)
            Assert.Equal(
                ids[i].EnumerateArray().Select(id => id.GetInt32()),
                tokenizer.Encode(texts[i].GetString()!).Ids
            );

        // Where that port splits ideographs of extension B differently, the reference counts.
        var reference = golden
            .GetProperty("edge_differs_from_rust_tokenizers")
            .EnumerateArray()
            .ToDictionary(edge => edge.GetProperty("text").GetString()!);
        foreach (var edge in golden.GetProperty("edge_ids").EnumerateArray())
        {
            var text = edge.GetProperty("text").GetString()!;
            var expected = reference.TryGetValue(text, out var differing)
                ? Integers(differing, "rust")
                : Integers(edge, "ids");
            Assert.Equal(expected, tokenizer.Encode(text).Ids);
        }
        Assert.Equal(128, tokenizer.ModelMaxLength);
        Assert.Equal(40_000, tokenizer.VocabularySize);
        Assert.Equal(0, tokenizer.PadTokenId);
    }

    private static TokenizerFolder Folder(string name, bool fromJson)
    {
        var folder = new TokenizerFolder();
        string[] vocabularies = fromJson
            ? ["tokenizer.json"]
            : ["vocab.txt", "vocab.json", "merges.txt", "sentencepiece.bpe.model"];
        string[] settings = ["tokenizer_config.json", "special_tokens_map.json"];
        foreach (var file in vocabularies.Concat(settings))
            if (Goldens.Shared($"{name}/{file}") is var path && File.Exists(path))
                folder.Copy(path, file);
        return folder;
    }

    private static JsonElement[] Cases(string name, string set)
    {
        var golden = Goldens.Json(Goldens.Shared($"{name}/tokenizer_golden.json"));
        var cases = golden.GetProperty(set).EnumerateArray().ToArray();
        Assert.NotEmpty(cases);
        return cases;
    }

    private static int[] Integers(JsonElement golden, string key) =>
        [.. golden.GetProperty(key).EnumerateArray().Select(value => value.GetInt32())];

    private static IEnumerable<int> CodePointOffsets(string text, (int Start, int End)[] offsets)
    {
        int Count(int units) => text[..units].EnumerateRunes().Count();
        return offsets.SelectMany(offset => new[] { Count(offset.Start), Count(offset.End) });
    }
}
