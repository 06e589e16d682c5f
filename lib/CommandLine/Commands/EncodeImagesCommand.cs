using System.CommandLine;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Pictures to vectors.</summary>
internal static class EncodeImagesCommand
{
    public static Command Create()
    {
        var model = CommonOptions.Model();
        var normalize = CommonOptions.Normalize();
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write a NumPy matrix into this file instead.",
            HelpName = "F.npy",
        };
        var files = new Argument<string[]>("FILE")
        {
            Description = "Pictures: JPEG, PNG, GIF or WebP.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new ShellCommand(
            "encode-images",
            "Turn pictures into vectors of the space of the model's texts: a JSON array of numbers a picture, in the same order.",
            "dotnet workbook.cs encode-images --model mini-clip data/pictures/dog.png data/pictures/cat.png"
        )
        {
            model,
            normalize,
            output,
            files,
        };
        command.Does(
            (call, cancellation) =>
            {
                var path = call.GetValue(output);
                OutputFile.Check("--output", path, ".npy");
                using var encoder = ModelLoading.Load(call.GetValue(model)!);
                var options = new EncodeOptions { NormalizeEmbeddings = call.GetValue(normalize) };
                var vectors = encoder.EncodeImages(call.GetValue(files)!, options, cancellation);
                if (path is not null)
                    NpyFile.Write(path, vectors);
                else
                    JsonRows.Write(vectors);
                return 0;
            }
        );
        return command;
    }
}
