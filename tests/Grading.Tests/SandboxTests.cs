using System.Text.Json.Nodes;

namespace Grading.Tests;

/// <summary>What a cell can see and change of the machine that grades it.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly Classroom classroom = new();

    public void Dispose() => classroom.Dispose();

    // Hidden exercises ask a cell of the sandbox's inside: one run for all of them.
    [Fact]
    public async Task A_cell_sees_nothing_but_its_lesson_and_changes_nothing()
    {
        Assert.SkipUnless(
            Classroom.Best.Value == Isolation.Full,
            "this system has no user namespaces for everybody"
        );
        classroom.HandIn("lee/01-sums.ipynb", Classroom.Notebook());
        Directory.CreateDirectory(classroom["data"]);
        await File.WriteAllTextAsync(classroom["data/kept.tsv"], "kept");
        Environment.SetEnvironmentVariable("WORKBOOK_TEST_SECRET", "secret");
        var hidden = new JsonArray(
            Ask(
                "neither answers nor submissions are there",
                $"Directory.GetFileSystemEntries(\"{classroom.Repository}\").Select(Path.GetFileName)",
                "data"
            ),
            Ask("data can be read", $"File.ReadAllText(\"{classroom["data/kept.tsv"]}\")", "kept"),
            Ask(
                "nothing can be deleted",
                $"Try(() => File.Delete(\"{classroom["data/kept.tsv"]}\"))",
                "IOException"
            ),
            Ask(
                "libraries cannot be changed",
                "Try(() => File.WriteAllText(Path.Combine(AppContext.BaseDirectory, \"x\"), \"x\"))",
                "IOException"
            ),
            Ask(
                "the folder of its own can be",
                "Try(() => File.WriteAllText(\"x\", \"x\"))",
                "done"
            ),
            Ask(
                "but has little room",
                "Try(() => { for (var i = 0; i < 40; i++) File.WriteAllBytes($\"{i}\", new byte[10 << 20]); })",
                "IOException"
            ),
            Ask(
                "there is no network",
                "System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces().Select(one => one.Name)",
                "lo"
            ),
            // The first of its namespace, and the kernel; perhaps the shell in between.
            Ask("there are no other processes", "Process.GetProcesses().Length <= 3", true),
            Ask(
                "the environment has no secrets",
                "Environment.GetEnvironmentVariable(\"WORKBOOK_TEST_SECRET\") ?? \"none\"",
                "none"
            ),
            Ask("no rights in a namespace of its own", "Fails(\"unshare -r true\")", true),
            Ask("no mounts", "Fails(\"mount -t tmpfs none /tmp\")", true),
            Ask("no settings", "Fails(\"echo x >/proc/sys/kernel/core_pattern\")", true)
        );
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                (
                    "answer2",
                    """
                    using System.Diagnostics;
                    using System.IO;
                    string answer2 = "mean";
                    string Try(Action action)
                    {
                        try { action(); return "done"; }
                        catch (Exception error) { return error.GetType().Name; }
                    }
                    bool Fails(string command)
                    {
                        using var process = Process.Start("sh", ["-c", command]);
                        process.WaitForExit();
                        return process.ExitCode != 0;
                    }
                    """
                )
            ),
            hidden.ToJsonString()
        );
        Assert.Equal(
            [],
            graded
                .Marks.Skip(1)
                .SkipLast(1)
                .Where(mark => mark.Outcome != GradeOutcome.Right)
                .Select(mark => $"{mark.Exercise}: {mark.Answer} {mark.Told?.En}")
        );
        Assert.Equal(hidden.Count + 3, graded.Marks.Count);
        Assert.Equal("kept", await File.ReadAllTextAsync(classroom["data/kept.tsv"]));
    }

    [Fact]
    public void What_was_not_kept_away_is_said() =>
        Assert.Contains(
            "does not let them be kept from your files and the network",
            Protection.Of(Isolation.None).En,
            StringComparison.Ordinal
        );

    private static JsonObject Ask(string id, string expression, JsonNode answer) =>
        new()
        {
            ["id"] = id,
            ["after"] = "01.2",
            ["expression"] = expression,
            ["answer"] = answer,
        };
}
