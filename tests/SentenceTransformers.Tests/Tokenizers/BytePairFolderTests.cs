using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Folders with vocab.json and merges.txt, on vocabularies small enough to read.</summary>
public class BytePairFolderTests
{
    private const string RobertaMerges = "#version: 0.2\nh i\nĠ hi\n";
    private static readonly string[] RobertaTokens =
        "<s> <pad> </s> <unk> h i Ġ hi Ġhi <mask>".Split(' ');

    private static readonly string[] ClipTokens =
        "a c t a</w> c</w> t</w> ca cat</w> <|startoftext|> <|endoftext|>".Split(' ');

    [Fact]
    public void Roberta_puts_its_tokens_around_and_leaves_spaces_out_of_places()
    {
        using var folder = Roberta();
        var tokenizer = Tokenizer.Load(folder.Path);
        var encoding = tokenizer.Encode("hi hi", " hi");
        Assert.Equal([0, 7, 8, 2, 2, 8, 2], encoding.Ids);
        Assert.All(encoding.TypeIds, type => Assert.Equal(0, type));
        Assert.Equal([(0, 0), (0, 2), (3, 5), (0, 0), (0, 0), (1, 3), (0, 0)], encoding.Offsets);
        Assert.Equal("hi hi hi", tokenizer.Decode(encoding.Ids));
        Assert.Equal(1, tokenizer.PadTokenId);
        Assert.Null(tokenizer.UnknownTokenId); // bytes spell everything
        Assert.True(tokenizer.IsSpecial(2));
        Assert.False(tokenizer.IsSpecial(7));
    }

    [Fact]
    public void Roberta_takes_the_space_before_a_mask_along()
    {
        using var folder = Roberta();
        var encoding = Tokenizer.Load(folder.Path).Encode("hi  <mask>hi");
        Assert.Equal([0, 7, 9, 7, 2], encoding.Ids);
        Assert.Equal((2, 10), (encoding.Offsets[1].End, encoding.Offsets[3].Start));
    }

    [Fact]
    public void Roberta_adds_a_space_in_front_if_asked()
    {
        using var folder = Roberta(
            """{"tokenizer_class": "RobertaTokenizerFast", "add_prefix_space": true}"""
        );
        Assert.Equal([0, 8, 2], Tokenizer.Load(folder.Path).Encode("hi").Ids);
    }

    [Theory]
    [InlineData("config.json", """{"model_type": "roberta"}""")]
    [InlineData("config.json", """{"tokenizer_class": "RobertaTokenizer"}""")]
    public void The_model_says_which_tokenizer_it_is_if_nothing_else_does(string name, string json)
    {
        using var folder = Roberta("{}").Write(name, json);
        Assert.Equal([0, 7, 2], Tokenizer.Load(folder.Path).Encode("hi").Ids);
    }

    [Fact]
    public void Clip_lowers_composes_and_ends_words()
    {
        using var folder = Folder(
            ClipTokens,
            "#version: 0.2\nc a\nca t</w>\n",
            """{"tokenizer_class": "CLIPTokenizer"}"""
        );
        var tokenizer = Tokenizer.Load(folder.Path);
        var encoding = tokenizer.Encode(" CAT\n a  cat");
        Assert.Equal([8, 7, 3, 7, 9], encoding.Ids);
        Assert.Equal([(0, 0), (1, 4), (6, 7), (9, 12), (0, 0)], encoding.Offsets);
        Assert.Equal([8, 7, 9], tokenizer.Encode("cat a cat", maxLength: 3).Ids);
        // Bytes that this vocabulary lacks are unknown, which is the end of text here.
        Assert.Equal([8, 9, 9], tokenizer.Encode("x").Ids);
    }

    [Theory]
    [InlineData("#version: 0.2\nh x\n", "merge[0]: 'x' is not in the vocabulary")]
    [InlineData("#version: 0.2\nh i\ni h\n", "merge[1]: 'ih' is not in the vocabulary")]
    [InlineData("#version: 0.2\nh i h\n", "merge[0]: 'h i h' is not two tokens")]
    [InlineData("#version: 0.2\n\nh i\n", "merge[0]: '' is not two tokens")]
    [InlineData("h i\n", "line 1: expected #version")]
    [InlineData("", "line 1: expected #version")]
    [InlineData("#version: 0.2", "line 1: expected #version")]
    public void Merges_that_cannot_be_are_refused_by_name(string merges, string message)
    {
        using var folder = Roberta().Write("merges.txt", merges);
        var error = Assert.Throws<ModelFormatException>(() => Tokenizer.Load(folder.Path));
        Assert.Equal(folder["merges.txt"], error.File);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tokenizer_class": "GPT2Tokenizer"}""", "GPT2Tokenizer with vocab.json")]
    [InlineData("{}", "neither tokenizer_config.json's tokenizer_class nor config.json's")]
    [InlineData(
        """{"tokenizer_class": "RobertaTokenizer", "cls_token": "[CLS]"}""",
        "the cls token \"[CLS]\" is not among the vocabulary's 10 tokens"
    )]
    public void Another_tokenizer_is_refused_by_name(string configuration, string message)
    {
        using var folder = Roberta(configuration);
        var error = Assert.Throws<ModelFormatException>(() => Tokenizer.Load(folder.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static TokenizerFolder Roberta(
        string configuration = """{"tokenizer_class": "RobertaTokenizer"}"""
    ) => Folder(RobertaTokens, RobertaMerges, configuration);

    private static TokenizerFolder Folder(string[] tokens, string merges, string configuration) =>
        new TokenizerFolder()
            .Write(
                "vocab.json",
                JsonSerializer.Serialize(
                    tokens.Select((token, id) => (token, id)).ToDictionary(x => x.token, x => x.id)
                )
            )
            .Write("merges.txt", merges)
            .Write("tokenizer_config.json", configuration);
}
