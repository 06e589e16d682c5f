using System.Text;

namespace NotebookKernel;

/// <summary>Collects one cell's outputs in the order in which they happen, and follows their later changes.</summary>
internal sealed class OutputRecorder : IOutputSink
{
    // A loop that prints for ever must fail before it fills the memory.
    private const int MaximumCharacters = 16 << 20;

    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private int characters;

    /// <summary>The outputs so far.</summary>
    public IReadOnlyList<NotebookOutput> Outputs
    {
        get
        {
            lock (gate)
                return [.. entries.Select(entry => entry.ToOutput())];
        }
    }

    /// <summary>Adds what ends the cell: its value or its error.</summary>
    public void Add(NotebookOutput output)
    {
        lock (gate)
            entries.Add(new Entry { Output = output });
    }

    public void Stream(string name, string text)
    {
        lock (gate)
        {
            characters += text.Length;
            if (characters > MaximumCharacters)
                throw new IOException(
                    $"The cell wrote more than {MaximumCharacters >> 20} million characters."
                );
            if (entries is not [.., { StreamName: var last } entry] || last != name)
                entries.Add(entry = new Entry { StreamName = name });
            entry.Text.Append(text);
        }
    }

    public void Display(MimeBundle data, string displayId)
    {
        var output = NotebookOutput.Display(data);
        lock (gate)
            entries.Add(new Entry { DisplayId = displayId, Output = output });
    }

    public void UpdateDisplay(MimeBundle data, string displayId)
    {
        var output = NotebookOutput.Display(data);
        lock (gate)
            foreach (var entry in entries.Where(entry => entry.DisplayId == displayId))
                entry.Output = output;
    }

    // Stream text grows in place: a progress bar writes a character at a time.
    private sealed class Entry
    {
        public string? StreamName { get; init; }
        public string? DisplayId { get; init; }
        public StringBuilder Text { get; } = new();
        public NotebookOutput? Output { get; set; }

        public NotebookOutput ToOutput() =>
            Output ?? NotebookOutput.Stream(StreamName!, Text.ToString());
    }
}
