namespace NotebookKernel.Tests;

/// <summary>What came on one of a client's sockets, until somebody asks for it.</summary>
internal sealed class KernelInbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<KernelMessage> messages = [];

    public void Add(KernelMessage message)
    {
        lock (messages)
        {
            messages.Add(message);
            Monitor.PulseAll(messages);
        }
    }

    /// <summary>Waits for a message, and takes it out.</summary>
    public KernelMessage Take(Predicate<KernelMessage> which) =>
        TryTake(which, Patience) ?? throw new TimeoutException("the kernel does not say it");

    /// <summary>Takes a message out; null where none comes.</summary>
    public KernelMessage? TryTake(Predicate<KernelMessage> which, TimeSpan patience)
    {
        var end = DateTime.UtcNow + patience;
        lock (messages)
        {
            int index;
            while ((index = messages.FindIndex(which)) < 0)
                if (
                    end - DateTime.UtcNow is not { Ticks: > 0 } rest
                    || !Monitor.Wait(messages, rest)
                )
                    return null;
            var found = messages[index];
            messages.RemoveAt(index);
            return found;
        }
    }

    /// <summary>Takes out all that a request caused, up to the end of it.</summary>
    public IReadOnlyList<KernelMessage> TakeUntilIdle(string id)
    {
        var taken = new List<KernelMessage>();
        do taken.Add(Take(message => message.ParentId == id));
        while (taken[^1].Type != "status" || taken[^1].Text("execution_state") != "idle");
        return taken;
    }
}
