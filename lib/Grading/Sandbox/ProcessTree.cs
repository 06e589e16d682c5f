using System.Diagnostics;
using System.Globalization;

namespace Grading;

/// <summary>A process with all that it started, as the system sees them now.</summary>
internal static class ProcessTree
{
    /// <summary>How many processes there are, and how much memory they hold together.</summary>
    /// <remarks>Elsewhere than on Linux only the process itself is seen.</remarks>
    public static (int Count, long Bytes) Measure(Process root)
    {
        if (!OperatingSystem.IsLinux())
        {
            root.Refresh();
            return (1, root.WorkingSet64);
        }
        var all = Directory
            .EnumerateDirectories("/proc")
            .Select(folder =>
                (IsProcess: int.TryParse(Path.GetFileName(folder), out var id), Id: id)
            )
            .Where(one => one.IsProcess)
            .Select(one => Read(one.Id))
            .OfType<Entry>()
            .ToArray();
        var children = all.ToLookup(entry => entry.Parent);
        var tree = all.Where(entry => entry.Id == root.Id).ToList();
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(children[tree[i].Id]);
        return (tree.Count, tree.Sum(entry => entry.Pages) * Environment.SystemPageSize);
    }

    /// <summary>How many threads the whole system has.</summary>
    public static int CountThreads() =>
        int.Parse(
            File.ReadAllText("/proc/loadavg").Split(' ')[3].Split('/')[1],
            CultureInfo.InvariantCulture
        );

    // proc(5): the name, in parentheses, may hold anything; the fields after it are counted from its end.
    private static Entry? Read(int id)
    {
        try
        {
            var text = File.ReadAllText(FormattableString.Invariant($"/proc/{id}/stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(
                id,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[21], CultureInfo.InvariantCulture)
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // it has just ended
        }
    }

    private sealed record Entry(int Id, int Parent, long Pages);
}
