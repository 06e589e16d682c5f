using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>What `encode` and `similarity` do alike: load a model and read texts, and say what a user should know.</summary>
internal static class ModelLoading
{
    /// <summary>Loads a bi-encoder; its warnings go to standard error.</summary>
    public static SentenceTransformer Load(string nameOrFolder)
    {
        var model = SentenceTransformer.Load(nameOrFolder);
        foreach (var warning in model.Warnings)
            Console.Error.WriteLine($"note: {warning}");
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
    )
    {
        var limit = Math.Min(options.MaxLength ?? int.MaxValue, model.MaxSequenceLength);
        for (var i = 0; i < texts.Count; i++)
            if (model.CountTokens(texts[i], options) is var count && count > limit)
                Console.Error.WriteLine(
                    $"note: line {i + 1} has {count} tokens; the model reads the first {limit}"
                );
    }
}
