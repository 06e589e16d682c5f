namespace NotebookKernel;

// The compiler's first cell takes a second and more, mostly for getting itself compiled.
internal sealed partial class CellEngine
{
    private static readonly Lazy<Task> Warm = new(() => Task.Run(RunThrowAwayCellAsync));

    /// <summary>Gets compiler, formatter and editor ready in the background, once a process, while the learner still reads.</summary>
    /// <returns>Done when all is warm; nobody need wait for it, and cells may run meanwhile.</returns>
    public static Task WarmUpAsync() => Warm.Value;

    private static async Task RunThrowAwayCellAsync()
    {
        var engine = new CellEngine(Environment.CurrentDirectory);
        const string cell = """
            using System.IO;
            var numbers = Enumerable.Range(0, 3).Select(number => number * 2).ToList();
            Console.Write($"{numbers.Count}");
            await Task.Yield();
            numbers
            """;
        await engine.ExecuteAsync(cell, 1, new Nowhere(), new CellRun()).ConfigureAwait(false);
        await engine.CompleteAsync("numbers.", 8, default).ConfigureAwait(false);
        await engine.CompleteAsync("num", 3, default).ConfigureAwait(false);
        await engine.InspectAsync("numbers", 3, default).ConfigureAwait(false);
    }

    private sealed class Nowhere : IOutputSink
    {
        public void Stream(string name, string text) { }

        public void Display(MimeBundle data, string displayId) { }

        public void UpdateDisplay(MimeBundle data, string displayId) { }
    }
}
