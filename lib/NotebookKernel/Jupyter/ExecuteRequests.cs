using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>Runs the cells that front ends send, one after another.</summary>
internal sealed class ExecuteRequests(
    CellEngine engine,
    IopubChannel iopub,
    StdinChannel stdin,
    KernelHistory history
)
{
    private readonly Lock gate = new();
    private CellRun? running;
    private int count;
    private int uncounted;

    /// <summary>Runs a cell, and says what became of it.</summary>
    /// <returns>The execute_reply's content; and whether cells that wait are to be left out.</returns>
    public async Task<(JsonObject Reply, bool Abort)> ExecuteAsync(
        ZmtpConnection requester,
        JupyterRequest request
    )
    {
        var code = request.Content.Text("code");
        var silent = request.Content.Flag("silent", false);
        var counts = !silent && request.Content.Flag("store_history", true);
        if (counts)
            history.Add(++count, code);
        // The engine wants a number that no other cell has.
        var number = counts ? count : --uncounted;
        if (!silent)
            iopub.Publish(
                "execute_input",
                new() { ["code"] = code, ["execution_count"] = count },
                request
            );
        var result = await RunAsync(
                code,
                number,
                new JupyterOutput(iopub, stdin, requester, request)
            )
            .ConfigureAwait(false);
        if (result.Error is { } error)
        {
            if (!silent)
                iopub.Publish("error", Content(error), request);
            var reply = Failure(error);
            reply["execution_count"] = count;
            return (reply, request.Content.Flag("stop_on_error", true));
        }
        if (result.Value is { } value && !silent)
            iopub.Publish(
                "execute_result",
                new()
                {
                    ["execution_count"] = count,
                    ["data"] = value.ToJson(),
                    ["metadata"] = new JsonObject(),
                },
                request
            );
        iopub.Flush();
        return (Succeeded(request), false);
    }

    /// <summary>The answer to a cell that was sent before one before it failed.</summary>
    public JsonObject Aborted() => new() { ["status"] = "aborted", ["execution_count"] = count };

    /// <summary>Stops the running cell, if there is one.</summary>
    public void Interrupt()
    {
        lock (gate)
            running?.Interrupt();
    }

    /// <summary>An error as the protocol's messages have it.</summary>
    public static JsonObject Content(CellError error) =>
        new()
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([.. error.Trace.Select(line => JsonValue.Create(line))]),
        };

    /// <summary>The answer to a request that failed.</summary>
    public static JsonObject Failure(CellError error)
    {
        var reply = Content(error);
        reply["status"] = "error";
        return reply;
    }

    private async Task<CellResult> RunAsync(string code, int number, JupyterOutput output)
    {
        var run = new CellRun();
        lock (gate)
            running = run;
        try
        {
            return await engine.ExecuteAsync(code, number, output, run).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
                running = null;
        }
    }

    // Expressions are Python's idea: each gets its own error, which the protocol provides for.
    private JsonObject Succeeded(JupyterRequest request)
    {
        const string unsupported = "This kernel evaluates no user_expressions.";
        var expressions = new JsonObject();
        foreach (var name in request.Content.Names("user_expressions"))
        {
            expressions[name] = Failure(
                new(nameof(NotSupportedException), unsupported, [unsupported])
            );
        }
        return new()
        {
            ["status"] = "ok",
            ["execution_count"] = count,
            ["user_expressions"] = expressions,
            ["payload"] = new JsonArray(),
        };
    }
}
