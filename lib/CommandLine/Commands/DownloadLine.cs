using System.Diagnostics;
using System.Globalization;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>A file that is on its way: on a terminal one line that counts up, elsewhere one line when it is there.</summary>
internal sealed class DownloadLine : IProgress<HubProgress>
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch shown = Stopwatch.StartNew();
    private readonly Stopwatch began = new();
    private string file = "";
    private long beganAt; // bytes that an earlier attempt had left
    private int width;

    public void Report(HubProgress progress)
    {
        if (progress.Note is { } note)
        {
            Clear();
            Console.Error.WriteLine(note);
            return;
        }
        if (progress.File != file)
        {
            (file, beganAt) = (progress.File, progress.Bytes);
            began.Restart();
        }
        var complete = progress.Bytes == progress.Size;
        if (Console.IsErrorRedirected)
        {
            if (complete)
                Console.Error.WriteLine($"{file}: {Megabytes(progress.Bytes)} MB");
        }
        else if (complete || shown.Elapsed >= Refresh)
        {
            shown.Restart();
            var line = Describe(progress);
            Console.Error.Write($"\r{line.PadRight(width)}{(complete ? "\n" : "")}");
            width = complete ? 0 : line.Length;
        }
    }

    private string Describe(HubProgress progress)
    {
        var arrived = progress.Bytes - beganAt;
        var perSecond = arrived / Math.Max(began.Elapsed.TotalSeconds, 0.001);
        var speed = $"{Megabytes(perSecond)} MB/s";
        if (progress.Size is not { } size)
            return $"{file}: {Megabytes(progress.Bytes)} MB, {speed}";
        var left =
            perSecond > 0
                ? TimeSpan.FromSeconds(Math.Min((size - progress.Bytes) / perSecond, 1e6))
                : TimeSpan.Zero;
        return $"{file}: {Megabytes(progress.Bytes)} of {Megabytes(size)} MB, {speed}, {left:h\\:mm\\:ss} left";
    }

    private void Clear()
    {
        if (width > 0)
            Console.Error.Write($"\r{"".PadRight(width)}\r");
        width = 0;
    }

    private static string Megabytes(double bytes) =>
        (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
