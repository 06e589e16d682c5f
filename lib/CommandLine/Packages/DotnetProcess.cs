using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.CommandLine;

/// <summary>Runs <c>dotnet</c> quietly, and gives the reason where it fails.</summary>
internal static partial class DotnetProcess
{
    /// <summary>Runs it in a folder, with the user's own settings.</summary>
    /// <returns>Null where all went well; otherwise the errors that it said, each once.</returns>
    public static async Task<string[]?> RunAsync(
        string folder,
        CancellationToken cancellation,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host
            && Path.GetFileNameWithoutExtension(host) == "dotnet"
                ? host
                : "dotnet",
            [.. arguments, "-v:q", "-nologo", "-tl:off", "-nodeReuse:false"]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // the errors' words are looked for
        using var process = Process.Start(start)!;
        using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(cancellation);
        var said = await output + await errors;
        if (process.ExitCode == 0)
            return null;
        string[] found =
        [
            .. Error().Matches(said).Select(match => match.Groups["text"].Value.Trim()).Distinct(),
        ];
        return found.Length > 0 ? found : [$"dotnet {arguments[0]}: exit code {process.ExitCode}"];
    }

    // "file(1,2): error CODE: text [project]"
    [GeneratedRegex(@"error (?<text>[A-Z]+\d+: .*?)(?: \[[^\]]*\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
