namespace SentenceTransformers;

/// <summary>Reads the <c>normalizer</c> section of tokenizer.json.</summary>
internal static class NormalizerReader
{
    public static INormalizer Read(JsonFile section) =>
        section.RequiredText("type") switch
        {
            "BertNormalizer" => ReadBert(section),
            "NFC" => new UnicodeNormalizer(compatible: false, compose: true),
            "NFD" => new UnicodeNormalizer(compatible: false, compose: false),
            "NFKC" => new UnicodeNormalizer(compatible: true, compose: true),
            "NFKD" => new UnicodeNormalizer(compatible: true, compose: false),
            "Lowercase" => new LowercaseNormalizer(),
            "StripAccents" => new StripAccentsNormalizer(),
            "Strip" => new StripNormalizer(
                section.Flag("strip_left", true),
                section.Flag("strip_right", true)
            ),
            "Prepend" => new PrependNormalizer(
                section.RequiredShortText("prepend", PatternReader.MaximumContentLength)
            ),
            "Replace" => new ReplaceNormalizer(
                PatternReader.Read(section),
                section.RequiredShortText("content", PatternReader.MaximumContentLength)
            ),
            "Nmt" => new NmtNormalizer(),
            "ByteLevel" => new ByteLevelNormalizer(),
            "Precompiled" => PrecompiledNormalizer.Read(section),
            "Sequence" => new SequenceNormalizer([.. section.Objects("normalizers").Select(Read)]),
            var type => throw section.Invalid("type", $"the normalizer {type} is not supported"),
        };

    private static BertNormalizer ReadBert(JsonFile section) =>
        BertNormalizer.Create(
            section.RequiredFlag("clean_text"),
            section.RequiredFlag("handle_chinese_chars"),
            section.OptionalFlag("strip_accents"),
            section.RequiredFlag("lowercase"),
            lowercaseFirst: false
        );
}
