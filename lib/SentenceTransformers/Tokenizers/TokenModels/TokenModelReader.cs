namespace SentenceTransformers;

/// <summary>Reads the <c>model</c> section of tokenizer.json.</summary>
internal static class TokenModelReader
{
    public static ITokenModel Read(JsonFile section) =>
        section.Text("type") switch
        {
            "WordPiece" => new WordPieceTokenModel(ReadWordPiece(section)),
            "BPE" => ReadBytePair(section),
            "Unigram" => UnigramModel.Read(section),
            "WordLevel" => new WordLevelModel(
                ReadVocabulary(section.RequiredObject("vocab")),
                section.RequiredText("unk_token")
            ),
            // Older files name no type; what they hold tells it.
            null when section.Has("merges") => ReadBytePair(section),
            null => throw section.Invalid("type", "missing"),
            var type => throw section.Invalid("type", $"the model {type} is not supported"),
        };

    /// <summary>Reads a WordPiece model.</summary>
    public static WordPieceModel ReadWordPiece(JsonFile section) =>
        new(
            ReadVocabulary(section.RequiredObject("vocab")),
            section.RequiredText("unk_token"),
            section.RequiredText("continuing_subword_prefix"),
            section.RequiredInteger(
                "max_input_chars_per_word",
                0,
                WordPieceModel.MaximumCharactersLimit
            )
        );

    /// <summary>Reads an object of tokens and their ids.</summary>
    public static Vocabulary ReadVocabulary(JsonFile vocabulary)
    {
        var ids = new Dictionary<string, int>();
        foreach (var (token, id) in vocabulary.Integers(0, Vocabulary.MaximumSize - 1))
            if (!ids.TryAdd(token, id))
                throw vocabulary.Invalid(token, "listed twice");
        return new Vocabulary(vocabulary.Path, ids);
    }

    private static BytePairModel ReadBytePair(JsonFile section)
    {
        if (section.Number("dropout") is > 0 and var dropout)
            throw section.Invalid(
                "dropout",
                $"{dropout} would make tokens a matter of chance, which is not supported"
            );
        var options = new BytePairOptions(
            section.Text("unk_token"),
            NullIfEmpty(section.Text("continuing_subword_prefix")),
            NullIfEmpty(section.Text("end_of_word_suffix")),
            section.Flag("fuse_unk", false),
            section.Flag("byte_fallback", false),
            section.Flag("ignore_merges", false)
        );
        if (
            options.ByteFallback
            && (options.ContinuingPrefix ?? options.EndOfWordSuffix) is { } affix
        )
            throw section.Invalid(
                "byte_fallback",
                $"bytes for characters that \"{affix}\" is joined to are not supported"
            );
        var vocabulary = ReadVocabulary(section.RequiredObject("vocab"));
        var merges = new MergeList(
            section.Path,
            "model.merges",
            vocabulary,
            options.ContinuingPrefix
        );
        foreach (var merge in section.TextsOrPairs("merges"))
            if (merge is [var text])
                merges.Add(text);
            else
                merges.Add(merge[0], merge[1]);
        return new BytePairModel(vocabulary, merges.Merges, options);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
