using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

/// <summary>A notebook file in a folder of its own, made of cells given inline.</summary>
internal sealed class NotebookFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("notebook");

    public NotebookFile(params string[] code)
        : this([.. code.Select(Code)]) { }

    public NotebookFile(params JsonObject[] cells)
    {
        File.WriteAllText(Path, Text(cells));
    }

    public string Folder => folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "test.ipynb");

    public string Output => System.IO.Path.Combine(Folder, "out", "test.ipynb");

    public static string Text(params JsonObject[] cells) =>
        new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject
                {
                    ["name"] = "csharp-workbook",
                    ["display_name"] = "C# (Workbook)",
                    ["language"] = "C#",
                },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString();

    public static NotebookDocument Document(params JsonObject[] cells) =>
        NotebookDocument.Parse("test.ipynb", System.Text.Encoding.UTF8.GetBytes(Text(cells)));

    public static JsonObject Code(string source) =>
        new()
        {
            ["cell_type"] = "code",
            ["source"] = source,
            ["metadata"] = new JsonObject(),
            ["outputs"] = new JsonArray(),
            ["execution_count"] = null,
        };

    public static JsonObject Markdown(string source) =>
        new()
        {
            ["cell_type"] = "markdown",
            ["source"] = source,
            ["metadata"] = new JsonObject(),
        };

    /// <summary>A runner of the program that ships.</summary>
    public static NotebookRunner Runner(double timeout = 60) =>
        new(
            new()
            {
                CellTimeout = TimeSpan.FromSeconds(timeout),
                Program = System.IO.Path.GetFullPath(
                    System.IO.Path.Combine(
                        AppContext.BaseDirectory,
                        "../../NotebookKernel/release/NotebookKernel.dll"
                    )
                ),
            }
        );

    public async Task<NotebookResult> RunAsync(
        double timeout = 60,
        IProgress<CellProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        await using var runner = Runner(timeout);
        return await RunAsync(runner, progress, cancellation);
    }

    public Task<NotebookResult> RunAsync(
        NotebookRunner runner,
        IProgress<CellProgress>? progress = null,
        CancellationToken cancellation = default
    ) => runner.RunAsync(Path, Output, progress, cancellation);

    public void Dispose() => folder.Delete(recursive: true);
}
