namespace SentenceTransformers;

/// <summary>What tokenizer_config.json says, and special_tokens_map.json where that is silent.</summary>
internal sealed class TokenizerSettings
{
    private readonly string folder;
    private readonly JsonFile? specialTokensMap;

    /// <param name="folder">The folder that holds the files, or some of them.</param>
    /// <param name="lowercase">Whether sentence-transformers asks for lower case, whatever these files say.</param>
    /// <exception cref="ModelFormatException">A file asks for what is not supported.</exception>
    public TokenizerSettings(string folder, bool lowercase)
    {
        this.folder = folder;
        Lowercase = lowercase;
        Configuration = ReadIfThere("tokenizer_config.json");
        specialTokensMap = ReadIfThere("special_tokens_map.json");
        TruncationSide = Configuration is null ? null : ReadSide(Configuration, "truncation_side");
        // No text feels how others are padded: each has the vector that it has alone.
        if (Configuration is not null)
            ReadSide(Configuration, "padding_side");
    }

    /// <summary>Where a text that is too long gives way, or null where nothing is said of it.</summary>
    public TruncationSide? TruncationSide { get; }

    /// <summary>Reads "left" or "right" (tokenizer.json writes "Left"), or null where the key is absent.</summary>
    public static TruncationSide? ReadSide(JsonFile section, string key) =>
        section.Text(key) switch
        {
            null => null,
            "left" or "Left" => SentenceTransformers.TruncationSide.Left,
            "right" or "Right" => SentenceTransformers.TruncationSide.Right,
            var side => throw section.Invalid(key, $"'{side}' is neither 'left' nor 'right'"),
        };

    /// <summary>Whether text is lower-cased before all else, as sentence_bert_config.json's do_lower_case asks.</summary>
    public bool Lowercase { get; }

    /// <summary>tokenizer_config.json, or null where there is none.</summary>
    public JsonFile? Configuration { get; }

    /// <summary>The most tokens the model was made for; transformers writes about 1e30 for "not known".</summary>
    public int? ModelMaxLength
    {
        get
        {
            const string key = "model_max_length";
            if (Configuration?.Number(key) is not { } length)
                return null;
            if (length < 1 || length != Math.Floor(length))
                throw Configuration.Invalid(key, $"{length} is not a whole number from 1");
            return length <= 1e9 ? (int)length : null;
        }
    }

    /// <summary>The token with a role, such as "pad_token", its id still to be found.</summary>
    /// <param name="role">The role.</param>
    /// <param name="otherwise">The token when nothing is said of it; its flags also hold for one that is only named.</param>
    public AddedToken SpecialToken(string role, AddedToken otherwise) =>
        ReadToken(Configuration, role, otherwise)
        ?? ReadToken(specialTokensMap, role, otherwise)
        ?? otherwise;

    /// <summary>The content of the token with a role, or null where nothing is said of it.</summary>
    public string? SpecialTokenContent(string role) =>
        SpecialToken(role, AddedToken.Named("")) is { Content.Length: > 0 } token
            ? token.Content
            : null;

    /// <summary>Special tokens without a role, their ids still to be found.</summary>
    public IEnumerable<AddedToken> AdditionalSpecialTokens()
    {
        const string key = "additional_special_tokens";
        var file = Configuration?.Has(key) == true ? Configuration : specialTokensMap;
        return file?.Has(key) == true
            ? file.Texts(key)
                .Select(content => AddedToken.Named(AddedToken.CheckContent(file, key, content)))
            : [];
    }

    /// <summary>The tokens that newer versions of transformers list, with their flags, under their ids.</summary>
    /// <param name="idOf">A token's id in the vocabulary, or null.</param>
    /// <exception cref="ModelFormatException">The vocabulary has another id for one, or none.</exception>
    public IEnumerable<AddedToken> ListedTokens(Func<string, int?> idOf)
    {
        if (Configuration?.Object("added_tokens_decoder") is not { } entries)
            yield break;
        foreach (var (key, entry) in entries.ObjectMembers())
        {
            var token = AddedToken.Read(entry, id: 0);
            if (idOf(token.Content) is not { } id || key != $"{id}")
                throw entries.Invalid(
                    key,
                    $"\"{token.Content}\" has not this id in the vocabulary, which is not supported yet"
                );
            yield return token with
            {
                Id = id,
            };
        }
    }

    /// <summary>Refuses added_tokens.json, where there is one, unless the vocabulary has all of its tokens already.</summary>
    /// <param name="idOf">A token's id in the vocabulary, or null.</param>
    /// <exception cref="ModelFormatException">It adds tokens.</exception>
    public void CheckAddedTokens(Func<string, int?> idOf)
    {
        if (ReadIfThere("added_tokens.json") is not { } added)
            return;
        foreach (var (token, id) in added.Integers(0, Vocabulary.MaximumSize - 1))
            if (idOf(token) != id)
                throw added.Invalid(
                    token,
                    $"{id} is not its id in the vocabulary; added tokens without a tokenizer.json are not supported yet"
                );
    }

    private JsonFile? ReadIfThere(string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? JsonFile.ReadObject(path) : null;
    }

    // A special token is a string, or an object with the flags of an added token.
    private static AddedToken? ReadToken(JsonFile? file, string role, AddedToken otherwise)
    {
        if (file is null || !file.Has(role))
            return null;
        if (!file.IsObject(role))
            return otherwise with
            {
                Content = AddedToken.CheckContent(file, role, file.RequiredText(role)),
            };
        var entry = file.RequiredObject(role);
        return AddedToken.Read(entry, id: 0) with
        {
            Normalized = entry.Flag("normalized", false),
            Special = true,
        };
    }
}
