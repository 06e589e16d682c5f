using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NotebookKernel;

/// <summary>Runs cells that its caller sends one by one, for callers who decide on the next by how the last one ended.</summary>
internal static class RunCellsCommand
{
    public const string Name = "run-cells";

    public const string Usage = $"usage: NotebookKernel {Name} FOLDER";

    // Workbook's AnswerRecorder looks here.
    private const string RecorderName = "Workbook.RecordAnswer";

    private static readonly List<KeyValuePair<string, string>> Answers = [];

    /// <summary>Runs the cells that standard input asks for, and replies on standard output, a line each.</summary>
    /// <returns>0 where the requests ended, 2 where the arguments or a request are wrong.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [_, var folder])
        {
            await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        using var replies = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false))
        {
            AutoFlush = true,
        };
        var requests = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        CellConsole.Capture();
        AppContext.SetData(RecorderName, Record);
        Environment.CurrentDirectory = folder;
        var engine = new CellEngine(folder);
        var next = requests.ReadLineAsync();
        while (await next.ConfigureAwait(false) is { } line)
        {
            if (JsonSerializer.Deserialize<CellRequest>(line) is not { } request)
                return 2;
            next = requests.ReadLineAsync();
            // A cell must not outlive whoever asked for it: nobody would stop it then.
            _ = next.ContinueWith(
                ended =>
                {
                    if (ended is not { IsCompletedSuccessfully: true, Result: not null })
                        Process.GetCurrentProcess().Kill();
                },
                TaskScheduler.Default
            );
            var reply = await RunAsync(engine, request).ConfigureAwait(false);
            await replies.WriteAsync(reply.ToLine()).ConfigureAwait(false);
        }
        return 0;
    }

    private static async Task<CellReply> RunAsync(CellEngine engine, CellRequest request)
    {
        lock (Answers)
            Answers.Clear();
        var run = new CellRun(TimeSpan.FromSeconds(request.Seconds));
        var result = await engine
            .ExecuteAsync(request.Source, request.Number, new OutputRecorder(), run)
            .ConfigureAwait(false);
        lock (Answers)
            return new(
                request.Number,
                result.Error?.Name,
                result.Error?.Message,
                result.Interrupted,
                [.. Answers]
            );
    }

    private static readonly Action<string, string> Record = (exercise, answer) =>
    {
        lock (Answers)
            Answers.Add(new(exercise, answer));
    };
}
