namespace SentenceTransformers;

/// <summary>Reads the <c>post_processor</c> section of tokenizer.json.</summary>
internal static class PostProcessorReader
{
    /// <param name="section">The section, or null for none.</param>
    /// <param name="idOf">A token's id, or null.</param>
    public static PostProcessor Read(JsonFile? section, Func<string, int?> idOf)
    {
        var (single, pair) = (
            TokenTemplate.Plain(isPair: false),
            TokenTemplate.Plain(isPair: true)
        );
        var trimmings = new List<OffsetTrimming>();
        var hasTemplate = false;
        foreach (var part in section is null ? [] : Parts(section))
        {
            var type = part.RequiredText("type");
            if (type is "ByteLevel" or "RobertaProcessing" && part.Flag("trim_offsets", true))
            {
                // Spaces are trimmed from special tokens too, which have none; but then the text's first token is none.
                if (hasTemplate)
                    throw part.Invalid(
                        "type",
                        $"{type} behind what adds special tokens is not supported"
                    );
                trimmings.Add(new OffsetTrimming(part.Flag("add_prefix_space", true)));
            }
            if (type == "ByteLevel")
                continue;
            if (hasTemplate)
                throw part.Invalid(
                    "type",
                    $"{type} behind another that adds special tokens is not supported"
                );
            hasTemplate = true;
            (single, pair) = TokenTemplateReader.Read(part, idOf);
        }
        return new PostProcessor(single, pair, trimmings);
    }

    private static IEnumerable<JsonFile> Parts(JsonFile section) =>
        section.RequiredText("type") == "Sequence"
            ? section.Objects("processors").SelectMany(Parts)
            : [section];
}
