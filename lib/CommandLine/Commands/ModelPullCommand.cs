using System.CommandLine;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>A model of the hub into the cache.</summary>
internal static class ModelPullCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description =
                "A name from `models list`, or a model's id on the hub, such as snunlp/KR-SBERT-V40K-klueNLI-augSTS; @REVISION behind an id names a branch, a tag or a commit.",
        };
        var command = new ShellCommand(
            "pull",
            "Fetch a model from the hub into the cache that Python's huggingface_hub uses too.",
            "dotnet workbook.cs models pull kr-sbert"
        )
        {
            name,
        };
        command.Does((call, cancellation) => PullAsync(call.GetValue(name)!, cancellation));
        return command;
    }

    private static async Task<int> PullAsync(string name, CancellationToken cancellation)
    {
        var entry = ModelManifest.Models.FirstOrDefault(model => model.Name == name);
        if (entry is { HubId: null })
        {
            Console.Error.WriteLine($"{name} comes with the workbook: there is nothing to fetch");
            Console.Out.WriteLine(entry.Folder);
            return 0;
        }
        var (model, revision) = (entry?.HubId ?? name).Split('@') switch
        {
            [var id] => (id, entry?.Revision ?? "main"),
            [var id, var branch] => (id, branch),
            _ => throw new UsageException($"'{name}': expected NAME or NAME@REVISION"),
        };
        using var hub = new HubClient();
        var folder = await hub.DownloadAsync(model, revision, new DownloadLine(), cancellation);
        Console.Error.WriteLine($"{name}: complete; use it by --model {entry?.Name ?? model}");
        Console.Out.WriteLine(folder);
        return 0;
    }
}
