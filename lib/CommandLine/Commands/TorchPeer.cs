using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>torch with sentence-transformers' batching, in a Python process that encodes when it is told to.</summary>
internal sealed class TorchPeer : IDisposable
{
    // Debian's torch belongs to Debian's own Python, which need not be the first on the path.
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3", "python"];

    private readonly Process process;

    private TorchPeer(Process process) => this.process = process;

    /// <summary>Starts it; null where there is no Python with torch.</summary>
    public static TorchPeer? Start(RandomModel folder, SentenceTransformer model, string[] texts)
    {
        var script = Path.Combine(folder.Path, "torch_encode.py");
        using (var source = typeof(TorchPeer).Assembly.GetManifestResourceStream("torch_encode.py"))
        using (var file = File.Create(script))
            source!.CopyTo(file);
        var data = Path.Combine(folder.Path, "texts.json");
        File.WriteAllText(
            data,
            JsonSerializer.Serialize(
                texts.Select(text =>
                    new object[] { text.Length, model.Transformer.Tokenize(text).Ids }
                )
            )
        );
        foreach (var python in Interpreters)
        {
            var start = new ProcessStartInfo(python, [script, folder.Path, data])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // Debian's build of torch uses one core unless told.
            start.Environment["OMP_NUM_THREADS"] = Environment.ProcessorCount.ToString(
                CultureInfo.InvariantCulture
            );
            try
            {
                var process = Process.Start(start)!;
                process.BeginErrorReadLine(); // a full pipe would stop it
                if (process.StandardOutput.ReadLine() == "ready")
                    return new TorchPeer(process);
                process.Dispose();
            }
            catch (System.ComponentModel.Win32Exception) { } // no such interpreter
        }
        return null;
    }

    /// <summary>Encodes all texts; the seconds that it took.</summary>
    public double Encode()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        return double.Parse(
            process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException("the Python process ended"),
            CultureInfo.InvariantCulture
        );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(TimeSpan.FromSeconds(5));
        process.Dispose();
    }
}
