using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Random small tokenizers of every kind, and what the Rust crate made of texts with them.</summary>
public class PipelineGoldenTests
{
    [Fact]
    public void Every_tokenizer_gives_the_reference_tokens_places_and_texts()
    {
        var goldens = Goldens.Json(Goldens.Own("tokenizers/pipelines.json"));
        Assert.True(goldens.GetArrayLength() >= 60);
        var models = new HashSet<string>();
        foreach (var golden in goldens.EnumerateArray())
        {
            using var folder = new TokenizerFolder().Write(
                "tokenizer.json",
                golden.GetProperty("tokenizer").GetRawText()
            );
            var tokenizer = Tokenizer.Load(folder.Path);
            models.Add(
                golden
                    .GetProperty("tokenizer")
                    .GetProperty("model")
                    .GetProperty("type")
                    .GetString()!
            );
            foreach (var item in golden.GetProperty("cases").EnumerateArray())
                AssertCase(tokenizer, item.Deserialize<Case>(JsonSerializerOptions.Web)!);
        }
        Assert.Equal(4, models.Count);
    }

    private static void AssertCase(Tokenizer tokenizer, Case golden)
    {
        var encoding = tokenizer.Encode(golden.Text, golden.Pair);
        Assert.Equal(golden.Ids, encoding.Ids);
        Assert.Equal(golden.Type_ids, encoding.TypeIds);
        Assert.Equal(golden.Tokens, encoding.Tokens);
        // A pair's tokens do not say whose they are: in one of the two texts each must lie where it should.
        for (var i = 0; i < encoding.Length; i++)
            Assert.Contains(
                (golden.Offsets[2 * i], golden.Offsets[2 * i + 1]),
                new[] { golden.Text, golden.Pair ?? golden.Text }
                    .Where(text => encoding.Offsets[i].End <= text.Length)
                    .Select(text =>
                        (
                            CodePoints(text, encoding.Offsets[i].Start),
                            CodePoints(text, encoding.Offsets[i].End)
                        )
                    )
            );
        Assert.Equal(golden.Decoded_skip_special, tokenizer.Decode(golden.Ids));
        Assert.Equal(golden.Decoded, tokenizer.Decode(golden.Ids, skipSpecialTokens: false));
    }

    private static int CodePoints(string text, int units)
    {
        var count = 0;
        foreach (var _ in text.AsSpan(0, units).EnumerateRunes())
            count++;
        return count;
    }

    private sealed record Case(
        string Text,
        string? Pair,
        int[] Ids,
        int[] Type_ids,
        string[] Tokens,
        int[] Offsets,
        string Decoded_skip_special,
        string Decoded
    );
}
