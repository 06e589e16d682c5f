using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>The reference's answers for the model that every clone has.</summary>
public class KoMiniTokenizerTests
{
    private static readonly string Model = Path.Combine(Goldens.Repository, "models", "ko-mini");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_text_and_pair_is_tokenized_as_by_the_reference(bool lowercase)
    {
        using var folder = new TokenizerFolder()
            .Copy(Path.Combine(Model, "vocab.txt"), "vocab.txt")
            .Write("tokenizer_config.json", """{"do_lower_case": true}""");
        var tokenizer = (WordPieceTokenizer)Tokenizer.Load(lowercase ? folder.Path : Model);
        var cases = File.ReadLines(Goldens.Own("wordpiece/ko-mini.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Case>(line, JsonSerializerOptions.Web)!)
            .Where(golden => golden.Lowercase == lowercase)
            .ToArray();
        Assert.True(cases.Length > 70, $"{cases.Length} cases");

        foreach (var golden in cases)
        {
            var encoding = tokenizer.Encode(golden.Text, golden.Pair);
            Assert.Equal(golden.Ids, encoding.Ids);
            Assert.Equal(golden.Type_ids, encoding.TypeIds);
            Assert.Equal(golden.Tokens, encoding.Tokens);
            Assert.Equal(golden.Offsets, CodePoints(golden, encoding));
            Assert.Equal(golden.Decoded, tokenizer.Decode(encoding.Ids));
            if (golden.Pair is not null)
                continue;
            var ids = new int[encoding.Length];
            Assert.Equal(ids.Length, tokenizer.EncodeIds(golden.Text, ids));
            Assert.Equal(golden.Ids, ids);
        }
    }

    [Fact]
    public void The_folder_says_what_the_model_takes()
    {
        var tokenizer = Tokenizer.Load(Model);
        Assert.Equal(64, tokenizer.ModelMaxLength);
        Assert.Equal(10_000, tokenizer.VocabularySize);
        Assert.Equal(0, tokenizer.PadTokenId);
    }

    private static IEnumerable<int[]> CodePoints(Case golden, TokenEncoding encoding) =>
        encoding.Offsets.Select(
            (offset, i) =>
            {
                var text = encoding.TypeIds[i] == 0 ? golden.Text : golden.Pair!;
                return new[]
                {
                    text[..offset.Start].EnumerateRunes().Count(),
                    text[..offset.End].EnumerateRunes().Count(),
                };
            }
        );

    private sealed record Case(
        bool Lowercase,
        string Text,
        string? Pair,
        int[] Ids,
        int[] Type_ids,
        string[] Tokens,
        int[][] Offsets,
        string Decoded
    );
}
