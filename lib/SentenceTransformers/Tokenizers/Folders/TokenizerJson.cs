namespace SentenceTransformers;

/// <summary>Reads tokenizer.json, the file of Hugging Face tokenizers; refuses by name what is not supported.</summary>
/// <remarks>
/// The sections <c>truncation</c> and <c>padding</c> are left aside, but for the side that is cut and the name of the
/// pad token: sentence-transformers sets its own.
/// </remarks>
internal static class TokenizerJson
{
    public static Tokenizer Read(string path, TokenizerSettings settings)
    {
        var file = JsonFile.ReadObject(path);
        Expect(file, "version", "1.0");
        Tokenizer tokenizer = IsBert(file)
            ? ReadBert(file, settings)
            : ReadPipeline(file, settings);
        if (file.Object("truncation") is { } truncation)
            tokenizer.TruncationSide =
                TokenizerSettings.ReadSide(truncation, "direction") ?? TruncationSide.Right;
        return tokenizer;
    }

    /// <summary>Refuses a value that is none of those listed.</summary>
    internal static void Expect(JsonFile section, string key, params string[] values)
    {
        var value = section.RequiredText(key);
        if (!values.Contains(value))
            throw section.Invalid(
                key,
                $"{value} is not supported, expected {string.Join(" or ", values)}"
            );
    }

    // The combination that WordPieceTokenizer does in one pass, without allocating memory.
    private static bool IsBert(JsonFile file) =>
        Type(file, "model") == "WordPiece"
        && Type(file, "normalizer") == "BertNormalizer"
        && Type(file, "pre_tokenizer") == "BertPreTokenizer"
        && Type(file, "post_processor") is "TemplateProcessing" or "BertProcessing"
        && Type(file, "decoder") == "WordPiece";

    private static string? Type(JsonFile file, string key) => file.Object(key)?.Text("type");

    private static WordPieceTokenizer ReadBert(JsonFile file, TokenizerSettings settings)
    {
        var model = TokenModelReader.ReadWordPiece(file.RequiredObject("model"));
        var normalizer = ReadBertNormalizer(file.RequiredObject("normalizer"), settings);
        var vocabulary = model.Vocabulary;
        var added = ReadAddedTokens(file, vocabulary.IdOf, vocabulary.Count, normalizer);
        var idOf = WithAdded(added, vocabulary.IdOf);
        var (single, pair) = TokenTemplateReader.Read(file.RequiredObject("post_processor"), idOf);
        var decoder = file.RequiredObject("decoder");
        var pad = settings.SpecialTokenContent("pad_token") ?? "[PAD]";
        return new WordPieceTokenizer(
            normalizer,
            model,
            added,
            single,
            pair,
            new WordPieceDecoder(decoder.RequiredText("prefix"), decoder.RequiredFlag("cleanup")),
            idOf(pad) ?? vocabulary.RequiredId(pad, "pad token"),
            settings.ModelMaxLength
        );
    }

    private static PipelineTokenizer ReadPipeline(JsonFile file, TokenizerSettings settings)
    {
        var model = TokenModelReader.Read(file.RequiredObject("model"));
        var normalizer = file.Object("normalizer") is { } section
            ? ReadNormalizer(section, settings)
            : null;
        if (settings.Lowercase)
            normalizer = new SequenceNormalizer(
                normalizer is null
                    ? [new LowercaseNormalizer()]
                    : [new LowercaseNormalizer(), normalizer]
            );
        var added = ReadAddedTokens(file, model.IdOf, model.VocabularyCount, normalizer);
        var idOf = WithAdded(added, model.IdOf);
        var pad =
            settings.SpecialTokenContent("pad_token") ?? file.Object("padding")?.Text("pad_token");
        if (pad is not null && idOf(pad) is null)
            throw file.Invalid("added_tokens", $"the pad token \"{pad}\" is not among them");
        return new PipelineTokenizer(
            normalizer,
            file.Object("pre_tokenizer") is { } words ? PreTokenizerReader.Read(words) : null,
            model,
            added,
            PostProcessorReader.Read(file.Object("post_processor"), idOf),
            file.Object("decoder") is { } decoder ? DecoderReader.Read(decoder) : null,
            pad,
            settings.ModelMaxLength
        );
    }

    private static INormalizer ReadNormalizer(JsonFile section, TokenizerSettings settings) =>
        Type(section) == "BertNormalizer"
            ? ReadBertNormalizer(section, settings)
            : NormalizerReader.Read(section);

    private static string? Type(JsonFile section) => section.Text("type");

    private static Func<string, int?> WithAdded(List<AddedToken> added, Func<string, int?> idOf)
    {
        var ids = added.ToDictionary(token => token.Content, token => token.Id);
        return token => ids.TryGetValue(token, out var id) ? id : idOf(token);
    }

    private static BertNormalizer ReadBertNormalizer(JsonFile section, TokenizerSettings settings)
    {
        // transformers lets tokenizer_config.json overrule this file; two files that disagree are a mistake to be told.
        Agree(section, "handle_chinese_chars", settings, "tokenize_chinese_chars");
        Agree(section, "strip_accents", settings, "strip_accents");
        Agree(section, "lowercase", settings, "do_lower_case");
        return BertNormalizer.Create(
            section.RequiredFlag("clean_text"),
            section.RequiredFlag("handle_chinese_chars"),
            section.OptionalFlag("strip_accents"),
            section.RequiredFlag("lowercase"),
            settings.Lowercase
        );
    }

    private static void Agree(
        JsonFile section,
        string key,
        TokenizerSettings settings,
        string settingsKey
    )
    {
        if (
            section.OptionalFlag(key) is { } here
            && settings.Configuration?.OptionalFlag(settingsKey) is { } there
            && here != there
        )
            throw section.Invalid(
                key,
                $"{here}, and tokenizer_config.json says {settingsKey}: {there}; make them agree"
            );
    }

    private static List<AddedToken> ReadAddedTokens(
        JsonFile file,
        Func<string, int?> idOf,
        int vocabularyCount,
        INormalizer? normalizer
    )
    {
        var added = new List<AddedToken>();
        var (contents, ids) = (new HashSet<string>(), new HashSet<int>());
        // The reference numbers tokens that the vocabulary lacks itself, from its count on.
        var next = vocabularyCount;
        foreach (var entry in file.Objects("added_tokens"))
        {
            var content = entry.RequiredText("content");
            if (content.Length == 0)
                continue;
            if (!contents.Add(content))
                throw entry.Invalid("content", $"\"{content}\" is listed twice");
            var expected = idOf(content) ?? next++;
            var id = entry.RequiredInteger("id", 0, Vocabulary.MaximumSize - 1);
            if (id != expected)
                throw entry.Invalid("id", $"{id} for \"{content}\", expected {expected}");
            if (!ids.Add(id))
                throw entry.Invalid("id", $"{id} is another added token's id");
            var token = AddedToken.Read(entry, id);
            if (token.Normalized && normalizer?.Normalize(SourcedText.From(content, 0)).Length == 0)
                throw entry.Invalid("content", "nothing is left of it when normalized");
            added.Add(token);
        }
        return added;
    }
}
