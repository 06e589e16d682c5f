using System.CommandLine;
using System.Globalization;
using Pictures;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Sentences on standard input to the matrix of their similarities, and its picture.</summary>
internal static class SimilarityCommand
{
    public static Command Create()
    {
        var model = CommonOptions.Model();
        var function = new Option<string?>("--function")
        {
            Description = "How vectors are compared (the model's own, mostly cosine).",
        };
        function.AcceptOnlyFromAmong("cosine", "dot", "euclidean", "manhattan");
        var images = new Option<string[]>("--images")
        {
            Description =
                "Pictures instead of sentences as rows, for a model that reads both: each picture is compared with every sentence.",
            HelpName = "FILE...",
            AllowMultipleArgumentsPerToken = true,
        };
        var plot = new Option<string?>("--plot")
        {
            Description = "Draw the matrix into this file.",
            HelpName = "F.html or F.svg",
        };
        var maxLength = CommonOptions.MaxLength();
        var jsonLines = CommonOptions.JsonLines();
        var command = new ShellCommand(
            "similarity",
            "Compare every sentence with every other: a sentence a line in, the matrix out, tab-separated. Distances are negative, so that more similar is always more.",
            """printf '잠이 안옵니다\n졸음이 옵니다\n기차가 옵니다\n' | dotnet workbook.cs similarity --model ko-mini --plot sleep.svg"""
        )
        {
            model,
            function,
            images,
            plot,
            maxLength,
            jsonLines,
        };
        command.Does(
            (call, cancellation) =>
            {
                var path = call.GetValue(plot);
                OutputFile.Check("--plot", path, ".html", ".svg");
                using var encoder = ModelLoading.Load(call.GetValue(model)!);
                var texts = ModelLoading.ReadTexts(call.GetValue(jsonLines));
                var options = new EncodeOptions
                {
                    MaxLength = call.GetValue(maxLength),
                    Progress = new ProgressLine("encode"),
                };
                var vectors = encoder.Encode(texts, options, cancellation);
                ModelLoading.NoteTruncation(encoder, texts, options);
                ModelLoading.NoteTexts(encoder.Tokenizer, texts);
                var compare = call.GetValue(function) is { } name
                    ? Enum.Parse<SimilarityFunction>(name, ignoreCase: true)
                    : encoder.SimilarityFunction;
                var pictures = call.GetValue(images) ?? [];
                var matrix =
                    pictures.Length == 0
                        ? Similarity.Matrix(compare, vectors)
                        : Similarity.Matrix(
                            compare,
                            encoder.EncodeImages(pictures, null, cancellation),
                            vectors
                        );
                // Drawn first: what cannot be drawn is refused before anything is printed.
                if (path is not null)
                    Plot(Draw(matrix, pictures, texts, $"{compare} similarity"), path);
                for (var i = 0; i < matrix.GetLength(0); i++)
                    Console.Out.WriteLine(Row(matrix, i));
                return 0;
            }
        );
        return command;
    }

    private static Heatmap Draw(
        float[,] matrix,
        string[] pictures,
        List<string> texts,
        string title
    ) =>
        pictures.Length == 0
            ? new Heatmap(matrix, texts) { Title = title }
            : new Heatmap(matrix, [.. pictures.Select(path => Path.GetFileName(path))], texts)
            {
                Title = title,
                RowPictures = [.. pictures.Select(path => Thumbnail.Of(PictureReader.Read(path)))],
            };

    private static string Row(float[,] matrix, int row) =>
        string.Join(
            '\t',
            Enumerable
                .Range(0, matrix.GetLength(1))
                .Select(column => matrix[row, column].ToString("R", CultureInfo.InvariantCulture))
        );

    private static void Plot(Heatmap heatmap, string path)
    {
        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            heatmap.SaveSvg(path);
        else
            heatmap.SavePage(path);
        Console.Error.WriteLine($"wrote {path}");
    }
}
