using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>What `encode`, `similarity` and `score` do alike: load a model and read texts, and say what a user should know.</summary>
internal static class ModelLoading
{
    /// <summary>Loads a bi-encoder; its warnings go to standard error.</summary>
    public static SentenceTransformer Load(string nameOrFolder)
    {
        var model = SentenceTransformer.Load(nameOrFolder);
        Note(model.Warnings);
        return model;
    }

    /// <summary>Loads a cross-encoder; its warnings go to standard error.</summary>
    public static CrossEncoder LoadCrossEncoder(string nameOrFolder)
    {
        var model = CrossEncoder.Load(nameOrFolder);
        Note(model.Warnings);
        return model;
    }

    /// <summary>Reads the texts from standard input.</summary>
    public static List<string> ReadTexts(bool jsonLines)
    {
        using var input = Console.OpenStandardInput();
        return TextInput.ReadTexts(input, jsonLines);
    }

    /// <summary>Names the texts that, with their prompt, are longer than the model reads.</summary>
    public static void NoteTruncation(
        SentenceTransformer model,
        List<string> texts,
        EncodeOptions options
    ) =>
        NoteTruncation(
            texts.Select(text => model.CountTokens(text, options)),
            options.MaxLength,
            model.MaxSequenceLength
        );

    /// <summary>Names the lines of more tokens than the model reads.</summary>
    public static void NoteTruncation(
        IEnumerable<int> tokenCounts,
        int? maxLength,
        int maxSequenceLength
    )
    {
        var limit = Math.Min(maxLength ?? int.MaxValue, maxSequenceLength);
        foreach (var (i, count) in tokenCounts.Index())
            if (count > limit)
                Console.Error.WriteLine(
                    $"note: line {i + 1} has {count} tokens; the model reads the first {limit}"
                );
    }

    /// <summary>Says once of each kind of trouble what the tokenizer makes of the texts, with the first line that has it.</summary>
    public static void NoteTexts(Tokenizer tokenizer, IEnumerable<string> texts) =>
        NoteTexts(tokenizer, texts.Select(text => new[] { text }));

    /// <summary>The same for lines of several texts each.</summary>
    public static void NoteTexts(Tokenizer tokenizer, IEnumerable<string[]> lines)
    {
        var seen = new HashSet<TextDiagnosisKind>();
        foreach (var (i, texts) in lines.Index())
        foreach (var diagnosis in texts.SelectMany(text => tokenizer.Diagnose(text)))
            if (seen.Add(diagnosis.Kind))
                Console.Error.WriteLine($"note: line {i + 1}: {diagnosis.Message}");
    }

    private static void Note(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
            Console.Error.WriteLine($"note: {warning}");
    }
}
