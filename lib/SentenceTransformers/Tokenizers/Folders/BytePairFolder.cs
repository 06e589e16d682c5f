namespace SentenceTransformers;

/// <summary>Reads a tokenizer from vocab.json and merges.txt and the settings beside them, for folders without tokenizer.json.</summary>
/// <remarks>After <c>convert_slow_tokenizer.py</c> of transformers: its RobertaConverter and its CLIPConverter.</remarks>
internal static class BytePairFolder
{
    private const string Roberta = "RobertaTokenizer";
    private const string Clip = "CLIPTokenizer";
    private const string VocabularyName = "vocab.json";
    private const string MergesName = "merges.txt";

    // CLIP's file goes on behind what its vocabulary has tokens for.
    private const int ClipMerges = 49_152 - 256 - 2;

    // Where no file names a class, transformers goes by the model.
    private static readonly Dictionary<string, string> ClassesByModel = new()
    {
        ["roberta"] = Roberta,
        ["clip"] = Clip,
        ["clip_text_model"] = Clip,
    };

    private static readonly (string Role, AddedToken Otherwise)[] RobertaTokens =
    [
        ("bos_token", AddedToken.Named("<s>") with { Normalized = true }),
        ("eos_token", AddedToken.Named("</s>") with { Normalized = true }),
        ("unk_token", AddedToken.Named("<unk>") with { Normalized = true }),
        ("sep_token", AddedToken.Named("</s>") with { Normalized = true }),
        ("pad_token", AddedToken.Named("<pad>") with { Normalized = true }),
        ("cls_token", AddedToken.Named("<s>") with { Normalized = true }),
        ("mask_token", AddedToken.Named("<mask>") with { LeftStrip = true }),
    ];

    private static readonly (string Role, AddedToken Otherwise)[] ClipTokens =
    [
        ("bos_token", AddedToken.Named("<|startoftext|>") with { Normalized = true }),
        ("eos_token", AddedToken.Named("<|endoftext|>")),
        ("unk_token", AddedToken.Named("<|endoftext|>")),
        ("pad_token", AddedToken.Named("<|endoftext|>")),
    ];

    /// <summary>Whether a folder holds both files.</summary>
    public static bool Holds(string folder) =>
        File.Exists(Path.Combine(folder, VocabularyName))
        && File.Exists(Path.Combine(folder, MergesName));

    /// <summary>Reads the folder's tokenizer.</summary>
    /// <exception cref="ModelFormatException">A file cannot be used, contradicts another, or asks for another tokenizer.</exception>
    public static PipelineTokenizer Read(string folder, TokenizerSettings settings)
    {
        var (name, source) =
            TokenizerClass.Find(folder, settings.Configuration, ClassesByModel)
            ?? throw TokenizerClass.Unknown(
                folder,
                $"{VocabularyName} and {MergesName}",
                $"{Roberta} or {Clip}"
            );
        return name switch
        {
            Roberta => ReadRoberta(folder, settings),
            Clip => ReadClip(folder, settings),
            _ => throw new ModelFormatException(
                source,
                $"{name} with {VocabularyName} and {MergesName} is not supported, expected {Roberta} or {Clip}"
            ),
        };
    }

    private static PipelineTokenizer ReadRoberta(string folder, TokenizerSettings settings)
    {
        // What stands behind the last line break counts for nothing.
        var model = ReadModel(folder, new BytePairOptions(), text => text.Split('\n')[1..^1]);
        var special = new SpecialTokens(
            settings,
            RobertaTokens,
            model,
            Path.Combine(folder, VocabularyName)
        );
        var addPrefixSpace = settings.Configuration?.Flag("add_prefix_space", false) ?? false;
        var trimOffsets = settings.Configuration?.Flag("trim_offsets", true) ?? true;
        return new PipelineTokenizer(
            settings.Lowercase ? new LowercaseNormalizer() : null,
            new ByteLevelPreTokenizer(addPrefixSpace, useRegex: true),
            model,
            special.All,
            Around(
                special["cls_token"],
                special["sep_token"],
                trimOffsets ? [new OffsetTrimming(addPrefixSpace)] : []
            ),
            new ByteLevelDecoder(),
            special["pad_token"].Content,
            settings.ModelMaxLength
        );
    }

    private static PipelineTokenizer ReadClip(string folder, TokenizerSettings settings)
    {
        var unknown = settings.SpecialTokenContent("unk_token") ?? "<|endoftext|>";
        var model = ReadModel(
            folder,
            new BytePairOptions(UnknownToken: unknown, EndOfWordSuffix: "</w>"),
            text => [.. text.Trim().Split('\n').Skip(1).Take(ClipMerges)]
        );
        var special = new SpecialTokens(
            settings,
            ClipTokens,
            model,
            Path.Combine(folder, VocabularyName)
        );
        return new PipelineTokenizer(
            new SequenceNormalizer([
                new UnicodeNormalizer(compatible: false, compose: true),
                new ReplaceNormalizer(RegexPattern.WhiteSpace, " "),
                new LowercaseNormalizer(),
            ]),
            new SequencePreTokenizer([
                new SplitPreTokenizer(RegexPattern.ClipWords, SplitBehavior.Removed, invert: true),
                new ByteLevelPreTokenizer(addPrefixSpace: false, useRegex: true),
            ]),
            model,
            special.All,
            Around(special["bos_token"], special["eos_token"], []),
            new ByteLevelDecoder(),
            special["pad_token"].Content,
            settings.ModelMaxLength
        );
    }

    private static PostProcessor Around(
        AddedToken begin,
        AddedToken end,
        IReadOnlyList<OffsetTrimming> trimmings
    ) =>
        new(
            TokenTemplate.Roberta((begin.Content, begin.Id), (end.Content, end.Id), isPair: false),
            TokenTemplate.Roberta((begin.Content, begin.Id), (end.Content, end.Id), isPair: true),
            trimmings
        );

    private static BytePairModel ReadModel(
        string folder,
        BytePairOptions options,
        Func<string, string[]> linesOf
    )
    {
        var vocabulary = TokenModelReader.ReadVocabulary(
            JsonFile.ReadObject(Path.Combine(folder, VocabularyName))
        );
        var path = Path.Combine(folder, MergesName);
        var text = VocabularyText.ReadText(path);
        // transformers skips the first line whatever it says; a file without a header would lose a merge.
        if (!text.StartsWith("#version", StringComparison.Ordinal) || !text.Contains('\n'))
            throw new ModelFormatException(path, "line 1: expected #version");
        var merges = new MergeList(path, "merge", vocabulary, continuingPrefix: null);
        foreach (var line in linesOf(text))
            merges.Add(line.TrimEnd('\r'));
        return new BytePairModel(vocabulary, merges.Merges, options);
    }
}
