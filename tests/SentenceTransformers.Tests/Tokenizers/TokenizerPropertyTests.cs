using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>What holds for every text: decoding gives it back, places are places, limits are kept.</summary>
public class TokenizerPropertyTests
{
    private const int Texts = 500;

    private static readonly string[] Parts =
    [
        .. "a|b|ab| |  |\n|'s|1|.|é|e\u0301|ß|한|글|ᄒ|😀|𝐀|\u200b|<s>|<mask>|İ".Split('|'),
    ];

    [Fact]
    public void Bytes_give_every_text_back()
    {
        using var folder = Bytes();
        var tokenizer = Tokenizer.Load(folder.Path);
        foreach (var text in Random(1))
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text).Ids));
    }

    [Fact]
    public void Tokens_lie_one_behind_another_and_spell_what_lies_there()
    {
        using var folder = Bytes();
        var tokenizer = Tokenizer.Load(folder.Path);
        foreach (var text in Random(2))
        {
            var encoding = tokenizer.Encode(text);
            var end = 0;
            for (var i = 0; i < encoding.Length; i++)
            {
                var (start, stop) = encoding.Offsets[i];
                // Bytes of one character lie at the same place; otherwise the next token begins where the last ended.
                Assert.True(start == end || stop == end, $"token {i} of {text}");
                Assert.False(stop < text.Length && char.IsLowSurrogate(text[stop]));
                end = stop;
            }
            Assert.Equal(text.Length, end);
        }
    }

    [Fact]
    public void A_limit_is_never_exceeded_and_keeps_the_beginning()
    {
        foreach (var tokenizer in new[] { Load(Bytes()), TinyTokenizer.Cased() })
        foreach (var (text, pair) in Random(3).Zip(Random(4)))
            for (var limit = 3; limit < 12; limit++)
            {
                var (whole, cut) = (tokenizer.Encode(text), tokenizer.Encode(text, null, limit));
                Assert.Equal(Math.Min(limit, whole.Length), cut.Length);
                Assert.Equal(whole.Ids.Take(cut.Length - 1), cut.Ids.SkipLast(1));
                Assert.True(tokenizer.Encode(text, pair, limit).Length <= limit);
            }
    }

    [Fact]
    public void The_general_tokenizer_and_the_fast_one_agree()
    {
        using var fast = new TokenizerFolder().Write(
            "tokenizer.json",
            TinyTokenizer.Json(_ => { })
        );
        // A sequence of one is the same, but no longer BERT's own combination.
        using var general = new TokenizerFolder().Write(
            "tokenizer.json",
            TinyTokenizer.Json(json =>
                json["pre_tokenizer"] = System.Text.Json.Nodes.JsonNode.Parse(
                    """{"type": "Sequence", "pretokenizers": [{"type": "BertPreTokenizer"}]}"""
                )
            )
        );
        var (one, other) = (Tokenizer.Load(fast.Path), Tokenizer.Load(general.Path));
        Assert.IsType<WordPieceTokenizer>(one);
        Assert.IsType<PipelineTokenizer>(other);
        foreach (var text in Random(5).Append("나는 학생이다. embeddings [SEP] 한"))
        {
            var (first, second) = (one.Encode(text, "a b"), other.Encode(text, "a b"));
            Assert.Equal(first.Ids, second.Ids);
            Assert.Equal(first.Tokens, second.Tokens);
            Assert.Equal(first.Offsets, second.Offsets);
            Assert.Equal(one.Decode(first.Ids), other.Decode(second.Ids));
        }
    }

    private static Tokenizer Load(TokenizerFolder folder)
    {
        using (folder)
            return Tokenizer.Load(folder.Path);
    }

    // Every byte of the parts has a token, and some pairs of bytes.
    private static TokenizerFolder Bytes()
    {
        string[] merges = ["a b", "Ġ a", "Ġ ab", "Ġ Ġ", "í ķ", "íķ ľ", "ð Ł"];
        var bytes = ByteAlphabet.Spell(SourcedText.From(string.Concat(Parts), 0)).Text;
        var tokens = bytes
            .Select(value => $"{value}")
            .Concat(merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)))
            .Distinct();
        var json = new
        {
            version = "1.0",
            pre_tokenizer = new { type = "ByteLevel", add_prefix_space = false },
            decoder = new { type = "ByteLevel" },
            model = new
            {
                type = "BPE",
                vocab = tokens
                    .Select((token, id) => (token, id))
                    .ToDictionary(x => x.token, x => x.id),
                merges,
            },
        };
        return new TokenizerFolder().Write("tokenizer.json", JsonSerializer.Serialize(json));
    }

    private static IEnumerable<string> Random(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Texts; i++)
            yield return string.Concat(random.GetItems(Parts, random.Next(20)));
    }
}
