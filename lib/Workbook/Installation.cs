using SentenceTransformers;

namespace Workbook;

/// <summary>What the first lesson checks before anything else: whether this machine has all that the lessons need.</summary>
public static class Installation
{
    private const string EmbeddedModel = "ko-mini";

    /// <summary>Checks .NET, the embedded model's files and ONNX Runtime; a line each, with what to do where one fails.</summary>
    /// <remarks>The lines name no version and no path, so that a working machine prints the same as every other.</remarks>
    public static string Check() =>
        string.Join(
            '\n',
            Line(
                ".NET 10 or later",
                Environment.Version.Major >= 10
                    ? null
                    : $"this is .NET {Environment.Version}; install the .NET 10 SDK"
            ),
            Line($"model {EmbeddedModel}: every file is there and unchanged", ModelProblem()),
            Line("ONNX Runtime computes", OnnxRuntimeProblem())
        );

    private static string Line(string what, string? problem) =>
        problem is null ? $"✓ {what}" : $"✗ {what}: {problem}";

    private static string? ModelProblem()
    {
        var model = ModelManifest.Models.FirstOrDefault(model => model.Name == EmbeddedModel);
        return model is null
            ? "models/models.json was not found; open the notebook where it lies in the workbook's folder"
            : model.Verify().FirstOrDefault();
    }

    private static string? OnnxRuntimeProblem()
    {
        try
        {
            using var model = SentenceTransformer.Load(EmbeddedModel);
            return model.Encode("준비").All(float.IsFinite) ? null : "it gave a vector with NaN";
        }
        catch (Exception error)
            when (error
                    is IOException
                        or ModelFormatException
                        or DllNotFoundException
                        or TypeInitializationException
            )
        {
            return $"{error.Message}; run `dotnet workbook.cs run` in a terminal, then restart the kernel";
        }
    }
}
