using System.Diagnostics;
using System.Text;

namespace Workbook.CommandLine.Tests;

/// <summary>Calls the commands as a shell does: arguments, standard input as bytes, and what comes back.</summary>
internal static class Shell
{
    /// <summary>Runs a command, from the repository's root unless told otherwise.</summary>
    public static ShellResult Run(
        string arguments,
        string input = "",
        string? folder = null,
        params (string Name, string? Value)[] environment
    ) => Run(arguments.Split(' '), new UTF8Encoding(false).GetBytes(input), folder, environment);

    public static ShellResult Run(
        string[] arguments,
        byte[] input,
        string? folder = null,
        params (string Name, string? Value)[] environment
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder ?? Goldens.Repository,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Workbook.CommandLine.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException) // it ended without reading, as it may on a usage error
        { }
        process.WaitForExit();
        return new ShellResult(process.ExitCode, output.Result, error.Result);
    }
}

/// <summary>What a command answered.</summary>
internal sealed record ShellResult(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Holds that it failed with that exit code and one line of explanation, and printed no result.</summary>
    public void AssertRefused(int code, string message)
    {
        Assert.True(Code == code, $"exit code {Code}, expected {code}: {Error}");
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Output);
    }
}
