using System.CommandLine;
using System.Globalization;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Texts on standard input to vectors.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var model = CommonOptions.Model();
        var promptName = new Option<string?>("--prompt-name")
        {
            Description = "A prompt of the model to put before each text, such as query.",
        };
        var prompt = new Option<string?>("--prompt")
        {
            Description = "A prompt to put before each text.",
        };
        var maxLength = CommonOptions.MaxLength();
        var batchSize = CommonOptions.BatchSize("Texts");
        var normalize = new Option<bool>("--normalize")
        {
            Description = "Scale each vector to length 1.",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write one NumPy matrix here instead.",
            HelpName = "F.npy",
        };
        var jsonLines = CommonOptions.JsonLines();
        var command = new ShellCommand(
            "encode",
            "Turn sentences into vectors: a sentence a line in, a JSON array of numbers a line out, in the same order.",
            "echo '오늘 날씨가 좋아요' | dotnet workbook.cs encode --model ko-mini --normalize"
        )
        {
            model,
            promptName,
            prompt,
            maxLength,
            batchSize,
            normalize,
            output,
            jsonLines,
        };
        command.Does(
            (call, cancellation) =>
            {
                var path = call.GetValue(output);
                OutputFile.Check("--output", path, ".npy");
                if (call.GetValue(prompt) is not null && call.GetValue(promptName) is not null)
                    throw new UsageException("--prompt and --prompt-name: give one of them");
                using var encoder = ModelLoading.Load(call.GetValue(model)!);
                var texts = ModelLoading.ReadTexts(call.GetValue(jsonLines));
                var options = new EncodeOptions
                {
                    PromptName = call.GetValue(promptName),
                    Prompt = call.GetValue(prompt),
                    MaxLength = call.GetValue(maxLength),
                    BatchSize = call.GetValue(batchSize) ?? new EncodeOptions().BatchSize,
                    NormalizeEmbeddings = call.GetValue(normalize),
                    Progress = new ProgressLine("encode"),
                };
                var vectors = encoder.Encode(texts, options, cancellation);
                ModelLoading.NoteTruncation(encoder, texts, options);
                if (path is not null)
                    NpyFile.Write(path, vectors);
                else
                    foreach (var vector in vectors)
                        Console.Out.WriteLine(
                            $"[{string.Join(',', vector.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}]"
                        );
                return 0;
            }
        );
        return command;
    }
}
