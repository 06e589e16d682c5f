namespace SentenceTransformers.Tests;

public sealed class SentencePieceFolderTests : IDisposable
{
    private static readonly (string, float, SentencePieceKind)[] Pieces =
    [
        ("▁", -3, SentencePieceKind.Normal),
        ("▁나는", -4, SentencePieceKind.Normal),
        ("학생", -5, SentencePieceKind.Normal),
        ("1", -6, SentencePieceKind.Normal),
        (",", -6, SentencePieceKind.Normal),
        ("1,", -1, SentencePieceKind.Normal),
        ("e", -6, SentencePieceKind.Normal),
        ("\"", -6, SentencePieceKind.Normal),
    ];

    // As fairseq numbers them, ▁ has id 4.
    private static readonly (string, float, SentencePieceKind)[] XlmRobertaPieces =
    [
        ("<unk>", 0, SentencePieceKind.Unknown),
        ("<s>", 0, SentencePieceKind.Control),
        ("</s>", 0, SentencePieceKind.Control),
        .. Pieces,
    ];

    // As SentencePiece numbers them, ▁ has id 5.
    private static readonly (string, float, SentencePieceKind)[] AlbertPieces =
    [
        ("<pad>", 0, SentencePieceKind.Control),
        ("<unk>", 0, SentencePieceKind.Unknown),
        ("[CLS]", 0, SentencePieceKind.Control),
        ("[SEP]", 0, SentencePieceKind.Control),
        ("[MASK]", 0, SentencePieceKind.Control),
        .. Pieces,
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Xlm_roberta_puts_four_special_tokens_before_the_pieces_and_the_mask_behind()
    {
        var tokenizer = XlmRoberta();
        Assert.Equal([0, 5, 4, 6, 3, 2], tokenizer.Encode("나는  학생★★").Ids);
        Assert.Equal(
            ["<s>", "▁나는", "▁", "학생", "★★", "</s>"],
            tokenizer.Encode("나는 학생★★").Tokens
        );
        Assert.Equal([0, 5, 2, 2, 5, 2], tokenizer.Encode("나는", "나는").Ids);
        Assert.All(tokenizer.Encode("나는", "나는").TypeIds, type => Assert.Equal(0, type));
        Assert.Equal([0, 5, 12, 2], tokenizer.Encode("나는 <mask>").Ids);
        Assert.Equal(13, tokenizer.VocabularySize);
        Assert.Equal(1, tokenizer.PadTokenId);
        Assert.Equal("나는 학생", tokenizer.Decode([0, 5, 4, 6, 2]));
    }

    [Fact]
    public void A_mask_token_with_flags_keeps_them()
    {
        var tokenizer = XlmRoberta("""{"content": "<mask>", "lstrip": false}""");
        Assert.Equal([0, 5, 4, 12, 2], tokenizer.Encode("나는 <mask>").Ids);
    }

    [Fact]
    public void Albert_has_types_lower_case_and_no_piece_of_a_digit_and_a_comma()
    {
        WriteAlbert();
        var tokenizer = Tokenizer.Load(folder.Path);
        // The premise: by its own score, "1," would be taken whole.
        Assert.Equal([2, 5, 8, 9, 3], tokenizer.Encode("1,").Ids);
        Assert.Equal([2, 5, 11, 12, 3], tokenizer.Encode("É``").Ids);
        Assert.Equal([2, 5, 11, 3, 5, 11, 3], tokenizer.Encode("E", "e").Ids);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], tokenizer.Encode("E", "e").TypeIds);
        Assert.Equal(0, tokenizer.PadTokenId);
        WriteAlbert("""{"do_lower_case": false, "keep_accents": true}""");
        Assert.Equal([2, 5, 1, 3], Tokenizer.Load(folder.Path).Encode("É").Ids);
        Assert.Equal([2, 5, 1, 3], Tokenizer.Load(folder.Path).Encode("E").Ids);
    }

    [Fact]
    public void The_models_own_normalization_is_applied()
    {
        var charsmap = TinyCharsmap.Build(("①", "1"), ("\u3000", " "));
        folder.Write(
            "sentencepiece.bpe.model",
            TinySentencePieceModel.Build(XlmRobertaPieces, charsmap: charsmap)
        );
        folder.Write("config.json", """{"model_type": "xlm-roberta"}""");
        Assert.Equal([0, 5, 4, 7, 2], Tokenizer.Load(folder.Path).Encode("나는\u3000①").Ids);
    }

    [Theory]
    [InlineData(
        """{"tokenizer_class": "T5Tokenizer"}""",
        "tokenizer_config.json: tokenizer_class: T5Tokenizer with sentencepiece.bpe.model is not supported, expected XLMRobertaTokenizer or AlbertTokenizer"
    )]
    [InlineData(
        """{"tokenizer_class": "MBartTokenizerFast"}""",
        "tokenizer_class: MBartTokenizer with"
    )]
    [InlineData(
        """{"tokenizer_class": "AlbertTokenizer"}""",
        "tokenizer_class: AlbertTokenizer reads spiece.model, but the folder holds sentencepiece.bpe.model"
    )]
    [InlineData("{}", "but neither tokenizer_config.json's tokenizer_class nor config.json's")]
    [InlineData(
        """{"tokenizer_class": "XLMRobertaTokenizer", "cls_token": "[CLS]"}""",
        "sentencepiece.bpe.model: the cls token \"[CLS]\" is not among the vocabulary's 13 tokens"
    )]
    [InlineData(
        """{"tokenizer_class": "XLMRobertaTokenizer", "additional_special_tokens": ["<new>"]}""",
        "the additional special token \"<new>\" is not among"
    )]
    [InlineData(
        """{"tokenizer_class": "XLMRobertaTokenizer", "added_tokens_decoder": {"9": {"content": "<s>"}}}""",
        "added_tokens_decoder.9: \"<s>\" has not this id"
    )]
    public void What_the_settings_contradict_is_refused(string configuration, string message)
    {
        folder.Write("sentencepiece.bpe.model", TinySentencePieceModel.Build(XlmRobertaPieces));
        folder.Write("tokenizer_config.json", configuration);
        Refuses(message);
    }

    [Fact]
    public void Added_tokens_that_the_vocabulary_has_are_none()
    {
        XlmRoberta();
        folder.Write("added_tokens.json", """{"<mask>": 12}""");
        Assert.Equal(13, Tokenizer.Load(folder.Path).VocabularySize);
        folder.Write("added_tokens.json", """{"<mask>": 12, "<new>": 13}""");
        Refuses("added_tokens.json: <new>: 13 is not its id in the vocabulary");
    }

    [Fact]
    public void Kobert_is_not_taken_for_bert()
    {
        folder.Write("tokenizer_78b3253a26.model", TinySentencePieceModel.Build(AlbertPieces));
        folder.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n▁나는\n");
        folder.Write("config.json", """{"model_type": "bert"}""");
        Refuses("holds tokenizer_78b3253a26.model, but neither");
        folder.Write("tokenizer_config.json", """{"tokenizer_class": "KoBertTokenizer"}""");
        Refuses("KoBertTokenizer with tokenizer_78b3253a26.model is not supported");
    }

    [Fact]
    public void A_model_of_byte_pairs_joins_its_pieces_in_the_order_in_which_they_were_learnt()
    {
        // ab before bc: "abc" is ab c, and only then abc, which a and bc would make too.
        string[] pieces = ["<unk>", "<s>", "</s>", "ab", "bc", "abc", "▁", "a", "b", "c"];
        folder.Write(
            "sentencepiece.bpe.model",
            TinySentencePieceModel.Build(
                pieces.Select((text, i) => (text, -(float)i, SentencePieceKind.Normal)),
                SentencePieceAlgorithm.Bpe
            )
        );
        folder.Write("config.json", """{"model_type": "xlm-roberta"}""");
        var tokenizer = Tokenizer.Load(folder.Path);
        Assert.Equal(["<s>", "▁", "abc", "</s>"], tokenizer.Encode("abc").Tokens);
        Assert.Equal(["<s>", "▁", "bc", "bc", "</s>"], tokenizer.Encode("bcbc").Tokens);
        Assert.Equal([0, 7, 6, 3, 8, 2], tokenizer.Encode("abc★★a").Ids);
        folder.Write(
            "sentencepiece.bpe.model",
            TinySentencePieceModel.Build(
                pieces.Append("a").Select(text => (text, 0f, SentencePieceKind.Normal)),
                SentencePieceAlgorithm.Bpe
            )
        );
        Refuses("pieces: \"a\" is listed twice");
    }

    [Fact]
    public void A_model_that_is_no_unigram_or_has_other_first_pieces_is_refused()
    {
        XlmRoberta();
        folder.Write("sentencepiece.bpe.model", TinySentencePieceModel.Build(AlbertPieces));
        Refuses("pieces: XLMRobertaTokenizer expects <unk>, <s>, </s> to be the first");
        folder.Write(
            "sentencepiece.bpe.model",
            TinySentencePieceModel.Build(XlmRobertaPieces, SentencePieceAlgorithm.Word)
        );
        Refuses("trainer_spec.model_type: Word is not supported");
        folder.Write(
            "sentencepiece.bpe.model",
            TinySentencePieceModel.Build(XlmRobertaPieces, charsmap: [9, 0, 0, 0])
        );
        Refuses(
            "sentencepiece.bpe.model: normalizer_spec.precompiled_charsmap: the trie has 9 bytes"
        );
    }

    private Tokenizer XlmRoberta(string mask = "\"<mask>\"")
    {
        folder.Write("sentencepiece.bpe.model", TinySentencePieceModel.Build(XlmRobertaPieces));
        folder.Write(
            "tokenizer_config.json",
            $$"""{"tokenizer_class": "XLMRobertaTokenizer", "mask_token": {{mask}}}"""
        );
        return Tokenizer.Load(folder.Path);
    }

    private void WriteAlbert(string configuration = "{}")
    {
        folder.Write("spiece.model", TinySentencePieceModel.Build(AlbertPieces, unknownId: 1));
        folder.Write("config.json", """{"model_type": "albert"}""");
        folder.Write("tokenizer_config.json", configuration);
    }

    private void Refuses(string message)
    {
        var error = Assert.Throws<ModelFormatException>(() => Tokenizer.Load(folder.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
