using SentenceTransformers;

namespace Workbook.Packages.Tests;

/// <summary>Microsoft.ML.Tokenizers in the place of our tokenizer, on files that every clone has.</summary>
public sealed class MicrosoftTokenizerTests : IDisposable
{
    private static readonly string KoMini = Path.Combine(Goldens.Repository, "models", "ko-mini");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("오늘 날씨가 좋아요")]
    [InlineData("프로그램을 배우고 싶습니다.")]
    [InlineData("나는 [MASK] 먹었다")]
    [InlineData("")]
    public void Bert_reads_plain_sentences_as_the_reference_does(string text)
    {
        var (theirs, ours) = (MicrosoftTokenizer.Load(KoMini), Tokenizer.Load(KoMini));
        var (found, expected) = (theirs.Encode(text), ours.Encode(text));
        Assert.Equal(expected.Ids, found.Ids);
        Assert.Equal(expected.Tokens, found.Tokens);
        Assert.Equal(expected.Offsets, found.Offsets);
    }

    [Theory]
    [InlineData("$100")]
    [InlineData("5>3")]
    [InlineData("좋아요\t좋아요")]
    [InlineData("snake_case")]
    [InlineData("안녕😀")]
    public void Bert_loses_what_the_reference_keeps(string text)
    {
        var (theirs, ours) = (MicrosoftTokenizer.Load(KoMini), Tokenizer.Load(KoMini));
        Assert.NotEqual(ours.Encode(text).Ids, theirs.Encode(text).Ids);
    }

    [Fact]
    public void To_Bert_C_plus_plus_is_C()
    {
        var (theirs, ours) = (MicrosoftTokenizer.Load(KoMini), Tokenizer.Load(KoMini));
        Assert.NotEqual(ours.Encode("C").Ids, ours.Encode("C++").Ids);
        Assert.Equal(theirs.Encode("C").Ids, theirs.Encode("C++").Ids);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        Assert.Equal(2, Tokenizer.Load(KoMini).Encode("\uD83D").Length); // the premise: ours drops it
        Assert.ThrowsAny<ArgumentException>(() => MicrosoftTokenizer.Load(KoMini).Encode("\uD83D"));
    }

    [Theory]
    [InlineData(TruncationStrategy.LongestFirst)]
    [InlineData(TruncationStrategy.OnlyFirst)]
    [InlineData(TruncationStrategy.OnlySecond)]
    public void Pairs_and_limits_are_the_reference_s(TruncationStrategy strategy)
    {
        const string a = "오늘 날씨가 정말 좋아요",
            b = "프로그램을 배우고 싶습니다.";
        var (theirs, ours) = (MicrosoftTokenizer.Load(KoMini), Tokenizer.Load(KoMini));
        var whole = ours.Encode(a, b);
        Assert.Equal([0, 1], whole.TypeIds.Distinct()); // the premise
        for (var limit = whole.Length - 2; limit <= whole.Length; limit++)
        {
            var (found, expected) = (
                theirs.Encode(a, b, limit, strategy),
                ours.Encode(a, b, limit, strategy)
            );
            Assert.Equal(expected.Ids, found.Ids);
            Assert.Equal(expected.TypeIds, found.TypeIds);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => theirs.Encode(a, b, maxLength: 2));
    }

    [Fact]
    public void Bert_decodes_what_it_encoded()
    {
        var theirs = MicrosoftTokenizer.Load(KoMini);
        var ids = theirs.Encode("오늘 날씨가 좋아요").Ids;
        Assert.Equal("오늘 날씨가 좋아요", theirs.Decode(ids));
        Assert.StartsWith("[CLS]", theirs.Decode(ids, skipSpecialTokens: false));
        Assert.Equal("", theirs.Decode([-1, int.MaxValue, theirs.VocabularySize]));
    }

    [Fact]
    public void Bytes_are_merged_with_the_space_before_a_word()
    {
        Write(
            "<s> <pad> </s> <unk> h i Ġ hi Ġhi <mask>",
            "#version: 0.2\nh i\nĠ hi\n",
            "RobertaTokenizer"
        );
        var theirs = MicrosoftTokenizer.Load(folder.Path);
        Assert.Equal([0, 7, 8, 2], theirs.Encode("hi hi").Ids);
        Assert.Equal([0, 7, 2, 2, 8, 2], theirs.Encode("hi", " hi").Ids);
        Assert.Equal([0, 2], theirs.Encode("").Ids); // which the package alone gives no id at all
        Assert.Equal("hi hi", theirs.Decode([0, 7, 8, 2]));
        Assert.Equal("", theirs.Decode([-1, 10, int.MaxValue]));
    }

    [Fact]
    public void Clip_lowers_and_ends_words()
    {
        Write(
            "a c t a</w> c</w> t</w> ca cat</w> <|startoftext|> <|endoftext|>",
            "#version: 0.2\nc a\nca t</w>\n",
            "CLIPTokenizer"
        );
        var theirs = MicrosoftTokenizer.Load(folder.Path);
        Assert.Equal([8, 7, 3, 7, 9], theirs.Encode("CAT a  cat").Ids);
        Assert.Equal([8, 7, 9], theirs.Encode("cat a cat", maxLength: 3).Ids);
        Assert.Equal([8, 9], theirs.Encode("").Ids);
    }

    [Fact]
    public void A_folder_with_tokenizer_json_alone_is_not_for_the_package()
    {
        folder.Write(
            "tokenizer.json",
            """{"version": "1.0", "model": {"type": "WordLevel", "vocab": {"a": 0, "[UNK]": 1}, "unk_token": "[UNK]"}}"""
        );
        Assert.Equal([0], Tokenizer.Load(folder.Path).Encode("a").Ids); // the premise: ours reads it
        var error = Assert.Throws<FileNotFoundException>(() =>
            MicrosoftTokenizer.Load(folder.Path)
        );
        Assert.Contains("vocab.txt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab.json", "no JSON", "merges.txt", "#version: 0.2")]
    [InlineData("vocab.json", """{"a": "b"}""", "merges.txt", "#version: 0.2")]
    [InlineData("vocab.json", """{"a": 0, "[UNK]": 1}""", "merges.txt", "one two three")]
    [InlineData("vocab.txt", "only\nwords", null, "")]
    [InlineData("sentencepiece.bpe.model", "no protocol buffer", null, "")]
    public void A_file_that_the_package_cannot_read_is_named(
        string name,
        string content,
        string? other,
        string otherContent
    )
    {
        // The premise: ours does not look at them, where there is a tokenizer.json.
        A_folder_with_tokenizer_json_alone_is_not_for_the_package();
        folder.Write(name, content);
        if (other is not null)
            folder.Write(other, otherContent);
        var error = Assert.Throws<ModelFormatException>(() => MicrosoftTokenizer.Load(folder.Path));
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
    }

    private void Write(string tokens, string merges, string tokenizerClass)
    {
        var entries = tokens.Split(' ').Select((token, id) => $"\"{token}\": {id}");
        folder.Write("vocab.json", $"{{{string.Join(", ", entries)}}}");
        folder.Write("merges.txt", merges);
        folder.Write("tokenizer_config.json", $$"""{"tokenizer_class": "{{tokenizerClass}}"}""");
    }
}
