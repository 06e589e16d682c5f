namespace SentenceTransformers;

/// <summary>Reads a BERT tokenizer from vocab.txt, one token a line, and the settings beside it.</summary>
/// <remarks>After <c>BertTokenizer</c> of transformers, its defaults included.</remarks>
internal static class BertVocabularyFolder
{
    private const int MaximumCharactersPerWord = 100;
    private const string ContinuingPrefix = "##";

    // Tokenizers that are BertTokenizer under another name. Others split words differently, BertJapaneseTokenizer for one.
    private static readonly string[] Classes =
    [
        "BertTokenizer",
        "DistilBertTokenizer",
        "ElectraTokenizer",
        "LayoutLMTokenizer",
        "MobileBertTokenizer",
        "RetriBertTokenizer",
    ];

    public static WordPieceTokenizer Read(string path, TokenizerSettings settings)
    {
        CheckClass(settings.Configuration);
        var vocabulary = new Vocabulary(path, VocabularyText.Read(path));
        settings.CheckAddedTokens(vocabulary.IdOf);
        AddedToken Special(string role, string otherwise) =>
            WithId(settings.SpecialToken(role, AddedToken.Named(otherwise)), role, vocabulary);
        var (unk, pad) = (Special("unk_token", "[UNK]"), Special("pad_token", "[PAD]"));
        var (cls, sep) = (Special("cls_token", "[CLS]"), Special("sep_token", "[SEP]"));
        List<AddedToken> added =
        [
            .. settings.ListedTokens(vocabulary.IdOf),
            .. new[] { pad, unk, cls, sep },
            .. settings
                .AdditionalSpecialTokens()
                .Select(token => WithId(token, "additional_special_token", vocabulary)),
        ];
        // Only pre-training masks: a vocabulary may do without, and then [MASK] is a word like others.
        var mask = settings.SpecialToken("mask_token", AddedToken.Named("[MASK]"));
        if (vocabulary.IdOf(mask.Content) is { } maskId)
            added.Add(mask with { Id = maskId });
        return new WordPieceTokenizer(
            ReadNormalizer(settings),
            new WordPieceModel(vocabulary, unk.Content, ContinuingPrefix, MaximumCharactersPerWord),
            [.. added.DistinctBy(token => token.Id)],
            TokenTemplate.Bert((cls.Content, cls.Id), (sep.Content, sep.Id), isPair: false),
            TokenTemplate.Bert((cls.Content, cls.Id), (sep.Content, sep.Id), isPair: true),
            new WordPieceDecoder(ContinuingPrefix, cleanUp: true),
            pad.Id,
            settings.ModelMaxLength
        );
    }

    private static AddedToken WithId(AddedToken token, string role, Vocabulary vocabulary) =>
        token with
        {
            Id = vocabulary.RequiredId(token.Content, role.Replace('_', ' ')),
        };

    private static BertNormalizer ReadNormalizer(TokenizerSettings settings)
    {
        var configuration = settings.Configuration;
        return BertNormalizer.Create(
            cleanText: true,
            configuration?.Flag("tokenize_chinese_chars", true) ?? true,
            configuration?.OptionalFlag("strip_accents"),
            configuration?.Flag("do_lower_case", true) ?? true,
            settings.Lowercase
        );
    }

    private static void CheckClass(JsonFile? configuration)
    {
        const string key = "tokenizer_class";
        if (configuration?.Text(key) is not { } name)
            return;
        if (!Classes.Contains(name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name))
            throw configuration.Invalid(
                key,
                $"{name} with a vocab.txt is not supported yet, expected {string.Join(", ", Classes)}"
            );
    }
}
