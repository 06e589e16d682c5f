namespace SentenceTransformers;

/// <summary>Reads the <c>pre_tokenizer</c> section of tokenizer.json.</summary>
internal static class PreTokenizerReader
{
    public static IPreTokenizer Read(JsonFile section) =>
        section.RequiredText("type") switch
        {
            "BertPreTokenizer" => new BertWordsPreTokenizer(),
            "Whitespace" => new SplitPreTokenizer(
                new WordPattern(),
                SplitBehavior.Removed,
                invert: true
            ),
            "WhitespaceSplit" => new SplitPreTokenizer(
                new CodePointPattern(RegexClasses.IsWhiteSpace),
                SplitBehavior.Removed
            ),
            "ByteLevel" => new ByteLevelPreTokenizer(
                section.RequiredFlag("add_prefix_space"),
                section.Flag("use_regex", true)
            ),
            "Metaspace" => ReadMetaspace(section),
            "Split" => new SplitPreTokenizer(
                PatternReader.Read(section),
                ReadBehavior(section, "behavior"),
                section.RequiredFlag("invert")
            ),
            "CharDelimiterSplit" => new SplitPreTokenizer(
                new LiteralPattern(section.RequiredCharacter("delimiter")),
                SplitBehavior.Removed
            ),
            "Digits" => new DigitsPreTokenizer(section.Flag("individual_digits", false)),
            "Punctuation" => new SplitPreTokenizer(
                new CodePointPattern(codePoint =>
                    UnicodeTables.Has(codePoint, CodePointTraits.Punctuation)
                ),
                section.Has("behavior") ? ReadBehavior(section, "behavior") : SplitBehavior.Isolated
            ),
            "Sequence" => new SequencePreTokenizer([
                .. section.Objects("pretokenizers").Select(Read),
            ]),
            var type => throw section.Invalid("type", $"the pre-tokenizer {type} is not supported"),
        };

    /// <summary>The scheme of a Metaspace section: the older add_prefix_space, or prepend_scheme.</summary>
    public static MetaspacePrefix ReadPrefix(JsonFile section)
    {
        var scheme = section.Text("prepend_scheme") switch
        {
            null => (MetaspacePrefix?)null,
            "always" => MetaspacePrefix.Always,
            "first" => MetaspacePrefix.First,
            "never" => MetaspacePrefix.Never,
            var other => throw section.Invalid(
                "prepend_scheme",
                $"'{other}' is not always, first or never"
            ),
        };
        if (section.Flag("add_prefix_space", true))
            return scheme ?? MetaspacePrefix.Always;
        return scheme is null or MetaspacePrefix.Never
            ? MetaspacePrefix.Never
            : throw section.Invalid("add_prefix_space", "false, and prepend_scheme says otherwise");
    }

    private static MetaspacePreTokenizer ReadMetaspace(JsonFile section) =>
        new(
            section.RequiredCharacter("replacement"),
            ReadPrefix(section),
            section.Flag("split", true)
        );

    private static SplitBehavior ReadBehavior(JsonFile section, string key) =>
        Enum.TryParse<SplitBehavior>(section.RequiredText(key), out var behavior)
        && Enum.IsDefined(behavior)
            ? behavior
            : throw section.Invalid(
                key,
                $"'{section.RequiredText(key)}' is not one of {string.Join(", ", Enum.GetNames<SplitBehavior>())}"
            );
}
