using NotebookKernel;

namespace Workbook.CommandLine;

/// <summary>Makes ready what a notebook needs besides the workbook, or says why it cannot run here.</summary>
internal static class NotebookPackages
{
    /// <summary>Builds lib/Workbook.Packages where the notebook names packages; NuGet is asked for them once.</summary>
    /// <returns>Null where the notebook can run; otherwise the reason why not.</returns>
    public static async Task<string?> ReasonToSkipAsync(
        NotebookDocument notebook,
        CancellationToken cancellation
    )
    {
        if (notebook.RequiredPackages.Count == 0)
            return null;
        if (PackagesProject.Above(Path.GetDirectoryName(notebook.Path)!) is not { } project)
            return "needs lib/Workbook.Packages, which is not in a folder above it";
        if (project.Chosen() is not { } chosen)
        {
            Console.Error.WriteLine(
                $"{Path.GetFileName(notebook.Path)}: asking NuGet for its packages"
            );
            var answers = await project.ChooseAsync(source: null, cancellation);
            chosen =
            [
                .. answers.Where(answer => answer.Reason is null).Select(answer => answer.Name),
            ];
        }
        string[] missing = [.. notebook.RequiredPackages.Except(chosen)];
        if (missing.Length > 0)
            return $"needs {string.Join(" and ", missing)}, which NuGet does not serve here (`dotnet workbook.cs packages` asks again)";
        return await project.BuildAsync(cancellation) is [var error, ..]
            ? $"lib/Workbook.Packages does not build: {error}"
            : null;
    }
}
