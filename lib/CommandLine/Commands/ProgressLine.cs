using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>One line on a terminal that counts up; silent where standard error is not a terminal.</summary>
internal sealed class ProgressLine(string label) : IProgress<EncodeProgress>
{
    public void Report(EncodeProgress progress)
    {
        if (!Console.IsErrorRedirected && progress.Total > 1)
            Console.Error.Write(
                $"\r{label}: {progress.Done} of {progress.Total}{(progress.Done == progress.Total ? "\n" : "")}"
            );
    }
}
