using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>CLIP's ids for captions and oddities, from tokenizer.json and from vocab.json with merges.txt.</summary>
public class ClipTokenizerGoldenTests
{
    private const int ContextLength = 77;
    private const int EndOfText = 49_407;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Captions_have_the_reference_ids(bool fromJson)
    {
        using var folder = Folder(fromJson);
        var tokenizer = Tokenizer.Load(folder.Path);
        Assert.Equal(49_408, tokenizer.VocabularySize);
        Assert.Equal(EndOfText, tokenizer.PadTokenId);
        Assert.Equal(EndOfText, tokenizer.UnknownTokenId);
        Assert.Equal(ContextLength, tokenizer.ModelMaxLength);
        var truncated = 0;
        foreach (var golden in Cases())
        {
            // The Rust crate's ids; OpenAI's where the two agree.
            var key = golden.TryGetProperty("hf_fast_ids", out _) ? "hf_fast_ids" : "openai_ids";
            var expected = golden
                .GetProperty(key)
                .EnumerateArray()
                .Select(id => id.GetInt32())
                .ToArray();
            var text = golden.GetProperty("text").GetString()!;
            var ids = tokenizer.Encode(text, maxLength: ContextLength).Ids;
            Assert.Equal(expected, ids);
            Assert.Equal(EndOfText, ids[^1]);
            if (tokenizer.Encode(text).Length > ContextLength)
                truncated++;
        }
        Assert.NotEqual(0, truncated);
    }

    [Fact]
    public void Both_kinds_of_files_give_the_same_tokens_places_and_texts()
    {
        using var json = Folder(fromJson: true);
        using var older = Folder(fromJson: false);
        var (one, other) = (Tokenizer.Load(json.Path), Tokenizer.Load(older.Path));
        foreach (var golden in Cases())
        {
            var text = golden.GetProperty("text").GetString()!;
            var (first, second) = (one.Encode(text, text), other.Encode(text, text));
            Assert.Equal(first.Ids, second.Ids);
            Assert.Equal(first.Tokens, second.Tokens);
            Assert.Equal(first.Offsets, second.Offsets);
            Assert.Equal(one.Decode(first.Ids), other.Decode(first.Ids));
        }
    }

    private static TokenizerFolder Folder(bool fromJson)
    {
        var folder = new TokenizerFolder();
        string[] files = fromJson ? ["tokenizer.json"] : ["vocab.json", "merges.txt"];
        foreach (var file in files.Append("tokenizer_config.json"))
            folder.Copy(Goldens.Shared($"clip/hf-clip-tiny/{file}"), file);
        return folder;
    }

    private static JsonElement[] Cases() =>
        [
            .. Goldens
                .Json(Goldens.Shared("clip/tokenizer_golden.json"))
                .GetProperty("cases")
                .EnumerateArray(),
        ];
}
