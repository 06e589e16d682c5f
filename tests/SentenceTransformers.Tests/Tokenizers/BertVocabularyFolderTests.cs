namespace SentenceTransformers.Tests;

/// <summary>Folders without a tokenizer.json, as older models come.</summary>
public class BertVocabularyFolderTests
{
    [Fact]
    public void Without_settings_text_is_lower_cased_and_loses_its_accents()
    {
        using var folder = new TokenizerFolder().Write("vocab.txt", TinyTokenizer.VocabularyText);
        Assert.Equal([2, 15, 16, 3], folder.Load().Encode("ÁB").Ids);
    }

    [Theory]
    [InlineData("""{"do_lower_case": false}""", "AB", "[UNK]")]
    [InlineData("""{"do_lower_case": true, "strip_accents": false}""", "Á", "[UNK]")]
    [InlineData("""{"do_lower_case": false, "strip_accents": true}""", "á", "a")]
    [InlineData("""{"tokenize_chinese_chars": false}""", "a中", "[UNK]")]
    [InlineData("""{"tokenize_chinese_chars": true}""", "a中", "a [UNK]")]
    public void Settings_of_tokenizer_config_count(string settings, string text, string tokens)
    {
        using var folder = new TokenizerFolder()
            .Write("vocab.txt", TinyTokenizer.VocabularyText)
            .Write("tokenizer_config.json", settings);
        Assert.Equal(tokens, string.Join(' ', folder.Load().Encode(text).Tokens[1..^1]));
    }

    [Fact]
    public void Special_tokens_may_be_objects_and_may_come_from_the_special_tokens_map()
    {
        using var folder = new TokenizerFolder()
            .Write("vocab.txt", "<pad>\n<unk>\n<s>\n</s>\n<mask>\na\n")
            .Write(
                "tokenizer_config.json",
                """{"unk_token": "<unk>", "mask_token": {"content": "<mask>", "lstrip": true, "__type": "AddedToken"}}"""
            )
            .Write(
                "special_tokens_map.json",
                """{"cls_token": "<s>", "sep_token": {"content": "</s>"}, "pad_token": "<pad>", "unk_token": "other"}"""
            );
        var tokenizer = folder.Load();
        var encoding = tokenizer.Encode("a <mask></s> z", "a");
        Assert.Equal([2, 5, 4, 3, 1, 3, 5, 3], encoding.Ids);
        Assert.Equal(" <mask>", encoding.Tokens[2]);
        Assert.Equal(0, tokenizer.PadTokenId);
        Assert.Equal("a a", tokenizer.Decode(encoding.Ids));
    }

    [Theory]
    [InlineData("1e30", null)]
    [InlineData("1000000000000000019884624838656", null)]
    [InlineData("null", null)]
    [InlineData("512", 512)]
    [InlineData("512.0", 512)]
    public void A_huge_model_max_length_is_not_said(string length, int? expected)
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write("tokenizer_config.json", $$"""{"model_max_length": {{length}}}""");
        Assert.Equal(expected, folder.Load().ModelMaxLength);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("7.5")]
    [InlineData("\"512\"")]
    public void A_model_max_length_that_is_no_length_is_refused(string length)
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write("tokenizer_config.json", $$"""{"model_max_length": {{length}}}""");
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains("model_max_length: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BertTokenizerFast", true)]
    [InlineData("DistilBertTokenizer", true)]
    [InlineData("BertJapaneseTokenizer", false)]
    [InlineData("RobertaTokenizer", false)]
    public void Only_tokenizers_that_are_berts_are_read_from_vocab_txt(string name, bool isRead)
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write("tokenizer_config.json", $$"""{"tokenizer_class": "{{name}}"}""");
        if (isRead)
        {
            Assert.Equal(0, folder.Load().PadTokenId);
            return;
        }
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains($"tokenizer_class: {name} with", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Added_tokens_beside_vocab_txt_are_refused_rather_than_forgotten()
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write("added_tokens.json", "{}");
        Assert.Equal([2, 3], folder.Load().Encode("").Ids);
        folder.Write("added_tokens.json", """{"<q>": 19}""");
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Equal(folder["added_tokens.json"], error.File);
    }

    [Fact]
    public void Tokens_that_the_settings_add_are_found_with_their_flags()
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write(
            "tokenizer_config.json",
            """
            {"do_lower_case": false, "additional_special_tokens": ["학생"], "added_tokens_decoder": {
              "4": {"content": "[MASK]", "lstrip": true, "special": true},
              "5": {"content": "나", "single_word": true, "normalized": false}}}
            """
        );
        var encoding = folder.Load().Encode("a [MASK]학생b나");
        Assert.Equal(["[CLS]", "a", " [MASK]", "학생", "[UNK]", "[SEP]"], encoding.Tokens);
    }

    [Theory]
    [InlineData("\"additional_special_tokens\": [\"<q>\"]", "additional special token \"<q>\"")]
    [InlineData("\"additional_special_tokens\": [{}]", "expected an array of strings")]
    [InlineData(
        "\"added_tokens_decoder\": {\"19\": {\"content\": \"<q>\"}}",
        "decoder.19: \"<q>\""
    )]
    [InlineData("\"added_tokens_decoder\": {\"6\": {\"content\": \"나\"}}", "decoder.6: \"나\"")]
    public void Tokens_that_vocab_txt_lacks_are_refused(string setting, string message)
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write("tokenizer_config.json", $"{{{setting}}}");
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"mask_token\": \"\"")]
    [InlineData("\"mask_token\": \"{LONG}\"")]
    public void A_special_token_that_cannot_be_looked_for_hurts_nobody(string setting)
    {
        var longName = new string('x', 2000);
        using var folder = new TokenizerFolder().Write(
            "vocab.txt",
            TinyTokenizer.VocabularyText + "\n" + longName + "\n"
        );
        folder.Write(
            "tokenizer_config.json",
            $"{{{setting.Replace("{LONG}", longName, StringComparison.Ordinal)}}}"
        );
        if (setting.Contains("LONG", StringComparison.Ordinal))
            Assert.Contains(
                "mask_token: 2,000 characters",
                Assert.Throws<ModelFormatException>(folder.Load).Message,
                StringComparison.Ordinal
            );
        else
            Assert.Equal([2, 3], folder.Load().Encode("").Ids);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_says_what_it_lacks()
    {
        using var folder = new TokenizerFolder();
        var error = Assert.Throws<FileNotFoundException>(folder.Load);
        Assert.Contains(
            "neither tokenizer.json nor vocab.txt",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_RoBERTa_body_may_have_a_BERT_tokenizer()
    {
        // The layout of klue/roberta-base: the tokenizer's own class counts, whatever the model is.
        using var folder = TinyTokenizer
            .CasedFolder()
            .Write(
                "config.json",
                """{"model_type": "roberta", "tokenizer_class": "BertTokenizer"}"""
            )
            .Write(
                "tokenizer_config.json",
                """
                {
                  "tokenizer_class": "BertTokenizer", "do_lower_case": false, "do_basic_tokenize": true,
                  "bos_token": "[CLS]", "eos_token": "[SEP]", "cls_token": "[CLS]", "sep_token": "[SEP]",
                  "unk_token": "[UNK]", "pad_token": "[PAD]", "mask_token": "[MASK]", "model_max_length": 512
                }
                """
            );
        var tokenizer = folder.Load();
        Assert.Equal([2, 5, 6, 3], tokenizer.Encode("나는").Ids);
        Assert.Equal([2, 5, 3, 15, 3], tokenizer.Encode("나", "a").Ids);
        Assert.Equal(1, tokenizer.UnknownTokenId);
        Assert.Equal(512, tokenizer.ModelMaxLength);
    }
}
