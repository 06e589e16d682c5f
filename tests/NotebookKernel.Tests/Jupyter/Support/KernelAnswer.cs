namespace NotebookKernel.Tests;

/// <summary>What a request brought: the reply, and what was published between busy and idle.</summary>
internal sealed record KernelAnswer(KernelMessage Reply, IReadOnlyList<KernelMessage> Published)
{
    /// <summary>The types of what was published, without the status messages around it.</summary>
    public IEnumerable<string> Types =>
        Published.Select(message => message.Type).Where(type => type != "status");

    /// <summary>All text that was written to a stream.</summary>
    public string Stream(string name) =>
        string.Concat(
            Published
                .Where(message => message.Type == "stream" && message.Text("name") == name)
                .Select(message => message.Text("text"))
        );

    /// <summary>The one published message of a type.</summary>
    public KernelMessage Single(string type) =>
        Assert.Single(Published, message => message.Type == type);

    /// <summary>The plain text of the cell's value.</summary>
    public string? Value => (string?)Single("execute_result").Content["data"]!["text/plain"];
}
