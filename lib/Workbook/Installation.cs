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
                new(".NET 10 or later", ".NET 10 이상"),
                Environment.Version.Major >= 10
                    ? null
                    : new(
                        $"this is .NET {Environment.Version}; install the .NET 10 SDK",
                        $"지금은 .NET {Environment.Version}입니다. .NET 10 SDK를 설치하세요"
                    )
            ),
            Line(
                new(
                    $"model {EmbeddedModel}: every file is there and unchanged",
                    $"모델 {EmbeddedModel}: 파일이 모두 있고 바뀌지 않음"
                ),
                ModelProblem()
            ),
            Line(new("ONNX Runtime computes", "ONNX Runtime이 계산함"), OnnxRuntimeProblem())
        );

    private static string Line(Wording what, Wording? problem) =>
        problem is null ? $"✓ {what.Text}" : $"✗ {what.Text}: {problem.Text}";

    private static Wording? ModelProblem()
    {
        var model = ModelManifest.Models.FirstOrDefault(model => model.Name == EmbeddedModel);
        if (model is null)
            return new(
                "models/models.json was not found; open the notebook where it lies in the workbook's folder",
                "models/models.json이 없습니다. 워크북 폴더 안에 있는 노트북을 그 자리에서 여세요"
            );
        return model.Verify().FirstOrDefault() is { } problem ? new(problem, problem) : null;
    }

    private static Wording? OnnxRuntimeProblem()
    {
        try
        {
            using var model = SentenceTransformer.Load(EmbeddedModel);
            return model.Encode("준비").All(float.IsFinite)
                ? null
                : new("it gave a vector with NaN", "벡터에 NaN이 있습니다");
        }
        catch (Exception error)
            when (error
                    is IOException
                        or ModelFormatException
                        or DllNotFoundException
                        or TypeInitializationException
            )
        {
            return new(
                $"{error.Message}; run `dotnet workbook.cs run` in a terminal, then restart the kernel",
                $"{error.Message}; 터미널에서 `dotnet workbook.cs run`을 실행하고 커널을 다시 시작하세요"
            );
        }
    }
}
