using System.CommandLine;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Texts on standard input to vectors.</summary>
internal static class EncodeCommand
{
    private const string JsonLines = ".jsonl";

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
        var normalize = CommonOptions.Normalize();
        var precision = new Option<string>("--precision")
        {
            Description =
                "Fewer bits a number: 8 (int8, uint8; buckets between each dimension's smallest and largest number) or 1 (binary, ubinary; its sign, eight to a number).",
            DefaultValueFactory = _ => "float32",
        };
        precision.AcceptOnlyFromAmong("float32", "int8", "uint8", "binary", "ubinary");
        var output = new Option<string?>("--output", "-o")
        {
            Description =
                "Write a file instead: one NumPy matrix (.npy), or texts with their vectors, an object a line (.jsonl).",
            HelpName = "F.npy or F.jsonl",
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
            precision,
            output,
            jsonLines,
        };
        command.Does(
            (call, cancellation) =>
            {
                var path = call.GetValue(output);
                OutputFile.Check("--output", path, ".npy", JsonLines);
                if (call.GetValue(prompt) is not null && call.GetValue(promptName) is not null)
                    throw new UsageException("--prompt and --prompt-name: give one of them");
                using var encoder = ModelLoading.Load(call.GetValue(model)!);
                var texts = ModelLoading.ReadTexts(call.GetValue(jsonLines));
                var options = new EncodeOptions
                {
                    PromptName = call.GetValue(promptName),
                    Prompt = call.GetValue(prompt),
                    MaxLength = call.GetValue(maxLength),
                    BatchSize = call.GetValue(batchSize),
                    NormalizeEmbeddings = call.GetValue(normalize),
                    Progress = new ProgressLine("encode"),
                };
                var vectors = encoder.Encode(texts, options, cancellation);
                ModelLoading.NoteTruncation(encoder, texts, options);
                ModelLoading.NoteTexts(encoder.Tokenizer, texts);
                var bits = call.GetValue(precision)!;
                if (bits.EndsWith("int8", StringComparison.Ordinal))
                    NoteCalibration(bits, texts.Count);
                switch (bits)
                {
                    case "int8":
                        Write(texts, QuantizeEmbeddings.ToInt8(vectors), path);
                        break;
                    case "uint8":
                        Write(texts, QuantizeEmbeddings.ToUint8(vectors), path);
                        break;
                    case "binary":
                        Write(texts, QuantizeEmbeddings.ToBinary(vectors), path);
                        break;
                    case "ubinary":
                        Write(texts, QuantizeEmbeddings.ToUbinary(vectors), path);
                        break;
                    default:
                        Write(texts, vectors, path);
                        break;
                }
                return 0;
            }
        );
        return command;
    }

    /// <summary>Into a file, or a JSON array a line.</summary>
    private static void Write<T>(IReadOnlyList<string> texts, T[][] rows, string? path)
        where T : unmanaged, IFormattable
    {
        if (path?.EndsWith(JsonLines, StringComparison.OrdinalIgnoreCase) == true)
            JsonLinesFile.Write(path, texts, rows);
        else if (path is not null)
            NpyFile.Write(path, rows);
        else
            JsonRows.Write(rows);
    }

    /// <summary>The buckets come from these very texts, as with the reference, which warns of few.</summary>
    private static void NoteCalibration(string precision, int texts)
    {
        if (texts < QuantizeEmbeddings.CalibrationSize)
            Console.Error.WriteLine(
                $"note: {precision} buckets made from {texts} {(texts == 1 ? "text" : "texts")}; with {QuantizeEmbeddings.CalibrationSize} or more they would be more stable"
            );
    }
}
