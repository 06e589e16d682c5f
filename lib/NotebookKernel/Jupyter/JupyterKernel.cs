using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>A kernel that front ends talk to: it answers one request after another, and those on control at once.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It ends with its process.")]
internal sealed class JupyterKernel
{
    // Cells of many megabytes are no cells of people; binary buffers are not read.
    private const long MaximumRequest = 64 << 20;

    // How long front ends may take to read the last messages, and what else ends may take, before the process is killed.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<(ZmtpConnection From, JupyterRequest Request)> shell = [];
    private readonly JupyterSession session;
    private readonly IopubChannel iopub;
    private readonly StdinChannel stdin;
    private readonly ZmtpListener[] listeners;
    private readonly KernelHistory history = new();
    private readonly ExecuteRequests cells;
    private readonly EditorRequests editor;
    private (ZmtpConnection From, JupyterRequest Request)? executing;
    private int aborting;
    private int leaving;

    /// <summary>Opens the five sockets of a connection file.</summary>
    /// <exception cref="ConnectionFileException">One of them cannot be opened.</exception>
    public JupyterKernel(ConnectionFile connection, CellEngine engine)
    {
        session = new(connection.Key);
        iopub = Open(
            "iopub_port",
            connection.Iopub,
            endPoint => new IopubChannel(endPoint, session)
        );
        stdin = Open(
            "stdin_port",
            connection.Stdin,
            endPoint => new StdinChannel(endPoint, session)
        );
        cells = new(engine, iopub, stdin, history);
        editor = new(engine);
        listeners =
        [
            Open("hb_port", connection.Heartbeat, Heartbeat),
            Open("control_port", connection.Control, endPoint => Router(endPoint, OnControl)),
            Open(
                "shell_port",
                connection.Shell,
                endPoint => Router(endPoint, (from, request) => shell.Add((from, request)))
            ),
        ];
    }

    /// <summary>Answers until the process ends, on this thread: the pool's may all be busy with cells.</summary>
    public void Run()
    {
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminate);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnTerminate);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => OnExit();
        ExceptionHandling.SetUnhandledExceptionHandler(Report);
        ParentProcess.WhenEnded(() => Leave(1));
        iopub.Status("starting", null);
        foreach (var (from, request) in shell.GetConsumingEnumerable())
            AnswerShell(from, request);
    }

    // ---- requests ----

    private void AnswerShell(ZmtpConnection from, JupyterRequest request)
    {
        var abort = aborting > 0;
        if (abort)
            aborting--;
        iopub.Status("busy", request);
        var started = JupyterSession.Now();
        var reply = Answer(request, () => ShellReplyAsync(from, request, abort));
        if (reply is not null)
            Reply(from, request, reply, new() { ["started"] = started });
        iopub.Status("idle", request);
    }

    private async Task<JsonObject?> ShellReplyAsync(
        ZmtpConnection from,
        JupyterRequest request,
        bool abort
    )
    {
        switch (request.Type)
        {
            case "execute_request" when abort:
                return cells.Aborted();
            case "execute_request":
                executing = (from, request);
                var (reply, failed) = await cells.ExecuteAsync(from, request);
                executing = null;
                // What waits was sent in the belief that this cell would succeed.
                if (failed)
                    aborting = shell.Count;
                return reply;
            case "complete_request":
                return await editor.CompleteAsync(request.Content);
            case "inspect_request":
                return await editor.InspectAsync(request.Content);
            case "is_complete_request":
                return editor.IsComplete(request.Content);
            case "history_request":
                return history.Answer(request.Content);
            case "comm_info_request":
                return new() { ["status"] = "ok", ["comms"] = new JsonObject() };
            case "comm_open":
                // Nobody is there: the protocol's way to say so.
                iopub.Publish(
                    "comm_close",
                    new()
                    {
                        ["comm_id"] = request.Content.Text("comm_id"),
                        ["data"] = new JsonObject(),
                    },
                    request
                );
                return null;
            default:
                return CommonReply(from, request);
        }
    }

    // On its connection's thread, so that it is answered while a cell runs.
    private void OnControl(ZmtpConnection from, JupyterRequest request)
    {
        // At once: to say that it is busy may have to wait.
        if (request.Type == "interrupt_request")
            cells.Interrupt();
        iopub.Status("busy", request);
        var reply = Answer(
            request,
            () =>
                Task.FromResult(
                    request.Type == "interrupt_request"
                        ? new() { ["status"] = "ok" }
                        : CommonReply(from, request)
                )
        );
        if (reply is not null)
            Reply(from, request, reply);
        iopub.Status("idle", request);
    }

    // What is answered on shell and on control.
    private JsonObject? CommonReply(ZmtpConnection from, JupyterRequest request)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                return KernelInfo.Reply();
            case "shutdown_request":
                Shutdown(from, request);
                return null;
            case var type when type.EndsWith("_request", StringComparison.Ordinal):
                throw new NotSupportedException($"This kernel does not know {type}.");
            default:
                // comm_msg and comm_close for comms that it never had, and what later protocols bring.
                return null;
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever a request has done, it is answered, and the next as well."
    )]
    private static JsonObject? Answer(JupyterRequest request, Func<Task<JsonObject?>> answer)
    {
        try
        {
            return answer().GetAwaiter().GetResult();
        }
        catch (Exception error)
        {
            return request.Type.EndsWith("_request", StringComparison.Ordinal)
                ? ExecuteRequests.Failure(new(error.GetType().Name, error.Message, []))
                : null;
        }
    }

    private void Reply(
        ZmtpConnection to,
        JupyterRequest request,
        JsonObject content,
        JsonObject? metadata = null
    )
    {
        var type = request.Type.Replace("_request", "_reply", StringComparison.Ordinal);
        to.Send(session.Write(request.Routing, type, content, request, metadata));
    }

    // ---- the end ----

    private void Shutdown(ZmtpConnection from, JupyterRequest request)
    {
        var restart = request.Content.Flag("restart", false);
        JsonObject Content() => new() { ["status"] = "ok", ["restart"] = restart };
        iopub.Publish("shutdown_reply", Content(), request);
        Reply(from, request, Content());
        iopub.Status("idle", request);
        from.WaitUntilSent(Farewell);
        Leave(0);
    }

    private void OnInterrupt(PosixSignalContext signal)
    {
        signal.Cancel = true;
        cells.Interrupt();
    }

    private void OnTerminate(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Leave(128 + 15);
    }

    // Also in the middle of a cell, which may have seen to it that the process does not end.
    private void Leave(int exitCode)
    {
        if (Interlocked.Exchange(ref leaving, 1) == 1)
            return;
        new Thread(() =>
        {
            Thread.Sleep(3 * Farewell);
            Process.GetCurrentProcess().Kill();
        })
        {
            IsBackground = true,
        }.Start();
        iopub.WaitUntilSent(Farewell);
        Environment.Exit(exitCode);
    }

    private void OnExit()
    {
        if (leaving == 0)
            SayThatTheCellEndedIt();
        foreach (var listener in listeners)
            listener.Dispose();
        stdin.Dispose();
        iopub.Dispose();
    }

    private void SayThatTheCellEndedIt()
    {
        var message =
            $"The notebook's code ended the kernel's process: Environment.Exit({Environment.ExitCode}). Its variables are gone; restart the kernel to go on.";
        var error = new CellError("KernelEnded", message, [message]);
        if (executing is ({ } from, { } request))
        {
            iopub.Publish("error", ExecuteRequests.Content(error), request);
            Reply(from, request, ExecuteRequests.Failure(error));
            iopub.Status("idle", request);
            from.WaitUntilSent(Farewell);
        }
        iopub.WaitUntilSent(Farewell);
    }

    // A thread that a cell has left behind must not take the kernel with it.
    private static bool Report(Exception error)
    {
        Console.Error.WriteLine($"Unhandled exception on a thread of the notebook: {error}");
        return true;
    }

    // ---- sockets ----

    private static ZmtpListener Heartbeat(EndPoint endPoint) =>
        new(endPoint, "REP", 1 << 12, (from, frames) => from.Send(frames));

    private ZmtpListener Router(
        EndPoint endPoint,
        Action<ZmtpConnection, JupyterRequest> receive
    ) =>
        new(
            endPoint,
            "ROUTER",
            MaximumRequest,
            (from, frames) =>
            {
                if (session.Read(frames) is { } request)
                    receive(from, request);
            }
        );

    private static T Open<T>(string key, EndPoint endPoint, Func<EndPoint, T> open)
    {
        try
        {
            return open(endPoint);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            throw new ConnectionFileException(
                key,
                $"cannot listen at {endPoint}: {error.Message}",
                error
            );
        }
    }
}
