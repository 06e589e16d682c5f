namespace NotebookKernel.Tests;

/// <summary>Runs cells here and as .NET Interactive would, and holds what they show equal.</summary>
internal static class BothHosts
{
    public static async Task AssertSameAsync(string folder, IEnumerable<string> cells)
    {
        var here = new CellSession(folder);
        var there = new ScriptingSession(folder);
        var number = 0;
        foreach (var code in cells)
        {
            number++;
            var ours = await here.RunAsync(code);
            var theirs = await there.RunAsync(code);
            Assert.True(
                theirs.Result.Error is null,
                $"cell {number} there: {theirs.Result.Error?.Message}"
            );
            Assert.True(
                ours.Result.Error is null,
                $"cell {number} here: {ours.Result.Error?.Message}"
            );
            Assert.Equal(Shown(theirs), Shown(ours));
        }
    }

    private static string Shown(RanCell cell) =>
        string.Join(
            "\n---\n",
            cell.Outputs.Select(output => output.Text ?? output.Data["text/plain"])
                .Append(cell.Result.Value?["text/plain"] ?? "")
        );
}
