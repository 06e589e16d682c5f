using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Loads a model in a process that has done nothing before.</summary>
internal static class FreshLoad
{
    private const string Name = "bench-load";

    /// <summary>The hidden command that the process runs.</summary>
    public static Command CreateCommand()
    {
        var model = new Argument<string>("MODEL");
        var command = new Command(Name) { model };
        command.Hidden = true;
        command.SetAction(call =>
        {
            var seconds = Turns.Seconds(() => SentenceTransformer.Load(call.GetValue(model)!));
            Console.Out.WriteLine(
                FormattableString.Invariant(
                    $"{seconds} {Process.GetCurrentProcess().PeakWorkingSet64}"
                )
            );
            return 0;
        });
        return command;
    }

    /// <summary>Loads a model in a new process; the seconds, and the bytes of its peak memory.</summary>
    public static double[] Run(string model)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [typeof(FreshLoad).Assembly.Location, Name, model]
        )
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return
        [
            .. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
        ];
    }
}
