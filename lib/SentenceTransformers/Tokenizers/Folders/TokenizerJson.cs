namespace SentenceTransformers;

/// <summary>Reads tokenizer.json, the file of Hugging Face tokenizers; refuses by name what is not supported.</summary>
/// <remarks>The sections <c>truncation</c> and <c>padding</c> are left aside: sentence-transformers sets its own.</remarks>
internal static class TokenizerJson
{
    public static WordPieceTokenizer Read(string path, TokenizerSettings settings)
    {
        var file = JsonFile.ReadObject(path);
        Expect(file, "version", "1.0");
        var model = ReadModel(Section(file, "model", "WordPiece"));
        var normalizer = ReadNormalizer(Section(file, "normalizer", "BertNormalizer"), settings);
        Section(file, "pre_tokenizer", "BertPreTokenizer");
        var added = ReadAddedTokens(file, model.Vocabulary, normalizer);
        var addedIds = added.ToDictionary(token => token.Content, token => token.Id);
        int? IdOf(string token) =>
            addedIds.TryGetValue(token, out var id) ? id : model.Vocabulary.IdOf(token);
        var (single, pair) = TokenTemplateReader.Read(
            Section(file, "post_processor", "TemplateProcessing", "BertProcessing"),
            IdOf
        );
        var decoder = Section(file, "decoder", "WordPiece");
        var pad = settings.SpecialToken("pad_token", "[PAD]").Content;
        return new WordPieceTokenizer(
            normalizer,
            model,
            added,
            single,
            pair,
            new WordPieceDecoder(decoder.RequiredText("prefix"), decoder.RequiredFlag("cleanup")),
            IdOf(pad) ?? model.Vocabulary.RequiredId(pad, "pad token"),
            settings.ModelMaxLength
        );
    }

    private static JsonFile Section(JsonFile file, string key, params string[] types)
    {
        var expected = string.Join(" or ", types);
        if (!file.Has(key))
            throw file.Invalid(key, $"null or missing is not supported yet, expected {expected}");
        var section = file.RequiredObject(key);
        Expect(section, "type", types);
        return section;
    }

    /// <summary>Refuses a value that is none of those listed.</summary>
    internal static void Expect(JsonFile section, string key, params string[] values)
    {
        var value = section.RequiredText(key);
        if (!values.Contains(value))
            throw section.Invalid(
                key,
                $"{value} is not supported yet, expected {string.Join(" or ", values)}"
            );
    }

    private static WordPieceModel ReadModel(JsonFile section)
    {
        var ids = new Dictionary<string, int>();
        var vocabulary = section.RequiredObject("vocab");
        foreach (var (token, id) in vocabulary.Integers(0, Vocabulary.MaximumSize - 1))
            if (!ids.TryAdd(token, id))
                throw vocabulary.Invalid(token, "listed twice");
        return new WordPieceModel(
            new Vocabulary(section.Path, ids),
            section.RequiredText("unk_token"),
            section.RequiredText("continuing_subword_prefix"),
            section.RequiredInteger(
                "max_input_chars_per_word",
                0,
                WordPieceModel.MaximumCharactersLimit
            )
        );
    }

    private static BertNormalizer ReadNormalizer(JsonFile section, TokenizerSettings settings)
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
        Vocabulary vocabulary,
        BertNormalizer normalizer
    )
    {
        var added = new List<AddedToken>();
        var (contents, ids) = (new HashSet<string>(), new HashSet<int>());
        // The reference numbers tokens that the vocabulary lacks itself, from its count on.
        var next = vocabulary.Count;
        foreach (var entry in file.Objects("added_tokens"))
        {
            var content = entry.RequiredText("content");
            if (content.Length == 0)
                continue;
            if (!contents.Add(content))
                throw entry.Invalid("content", $"\"{content}\" is listed twice");
            var expected = vocabulary.IdOf(content) ?? next++;
            var id = entry.RequiredInteger("id", 0, Vocabulary.MaximumSize - 1);
            if (id != expected)
                throw entry.Invalid("id", $"{id} for \"{content}\", expected {expected}");
            if (!ids.Add(id))
                throw entry.Invalid("id", $"{id} is another added token's id");
            var token = AddedToken.Read(entry, id);
            if (token.Normalized && normalizer.Normalize(content).Length == 0)
                throw entry.Invalid("content", "nothing is left of it when normalized");
            added.Add(token);
        }
        return added;
    }
}
