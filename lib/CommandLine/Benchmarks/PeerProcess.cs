using System.Diagnostics;
using System.Globalization;

namespace Workbook.CommandLine;

/// <summary>Another implementation in a process of its own, which does the same work each time it is told to.</summary>
/// <remarks>Its script says "ready" when it has loaded, and answers each line with the seconds that the work took.</remarks>
internal sealed class PeerProcess : IDisposable
{
    private readonly string name;
    private readonly Process process;

    private PeerProcess(string name, Process process) =>
        (this.name, this.process) = (name, process);

    /// <summary>Starts a script; null where the interpreter, or what the script needs, is not there.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="interpreter">The program that runs it.</param>
    /// <param name="arguments">The script and its arguments.</param>
    /// <param name="tell">Told why it did not start.</param>
    public static PeerProcess? Start(
        string name,
        string interpreter,
        IEnumerable<string> arguments,
        Action<string> tell
    )
    {
        var start = new ProcessStartInfo(interpreter, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Debian's torch and numpy use one core unless told.
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS" })
            start.Environment[variable] = Environment.ProcessorCount.ToString(
                CultureInfo.InvariantCulture
            );
        try
        {
            var process = Process.Start(start)!;
            var said = "";
            process.ErrorDataReceived += (_, line) =>
                said = string.IsNullOrWhiteSpace(line.Data) ? said : line.Data.Trim();
            process.BeginErrorReadLine(); // a full pipe would stop it
            if (process.StandardOutput.ReadLine() == "ready")
                return new PeerProcess(name, process);
            process.WaitForExit();
            process.Dispose();
            tell($"{name}: skipped: {said}");
        }
        catch (System.ComponentModel.Win32Exception) // no such interpreter
        {
            tell($"{name}: skipped: there is no {interpreter}");
        }
        return null;
    }

    /// <summary>Does the work once; the seconds that it took.</summary>
    /// <param name="work">Which work, where the script knows several.</param>
    public double Seconds(string work = "")
    {
        process.StandardInput.WriteLine(work);
        process.StandardInput.Flush();
        return double.Parse(
            process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException($"{name}: its process ended"),
            CultureInfo.InvariantCulture
        );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException) { } // it has ended by itself
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
