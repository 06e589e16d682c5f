using System.Diagnostics;

namespace Workbook.TestSupport;

/// <summary>Jupyter's own Python programs, where they are installed.</summary>
internal static class Jupyter
{
    private static readonly string? Python = new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(
        python => HasJupyter(python)
    );

    /// <summary>Runs Python with the kernels of a data folder; the test is skipped, and says so, where Jupyter is absent.</summary>
    /// <returns>The exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> PythonAsync(
        string dataFolder,
        params string[] arguments
    )
    {
        Assert.SkipUnless(
            Python is not null,
            "needs jupyter_client and nbconvert (Debian: python3-jupyter-client, jupyter-nbconvert)"
        );
        return await RunAsync(Python!, dataFolder, arguments);
    }

    private static bool HasJupyter(string python)
    {
        try
        {
            return RunAsync(python, "", "-c", "import jupyter_client, nbconvert").Result.ExitCode
                == 0;
        }
        catch (AggregateException)
        {
            return false; // no such program
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string python,
        string dataFolder,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["JUPYTER_PATH"] = dataFolder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
