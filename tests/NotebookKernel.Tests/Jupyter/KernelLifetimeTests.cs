using System.Runtime.InteropServices;

namespace NotebookKernel.Tests;

/// <summary>How a kernel ends, and that it does.</summary>
public class KernelLifetimeTests
{
    [Fact]
    public async Task A_shutdown_is_answered_and_ends_the_process()
    {
        using var kernel = new KernelProcess();
        using var client = new KernelClient(kernel);
        var answer = client.AskControl("shutdown_request", new() { ["restart"] = true });
        Assert.Equal("shutdown_reply", answer.Reply.Type);
        Assert.True((bool)answer.Reply.Content["restart"]!);
        answer.Single("shutdown_reply");
        await kernel.EndAsync();
        Assert.Equal(0, kernel.Process.ExitCode);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData(
        "AppDomain.CurrentDomain.ProcessExit += (_, _) => System.Threading.Thread.Sleep(-1); while (true) { }"
    )]
    public async Task SIGTERM_ends_it_in_the_middle_of_a_cell(string cell)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM");
        using var kernel = new KernelProcess();
        using var client = new KernelClient(kernel);
        client.WaitFor(client.Start($"Console.Write(\"go\");\n{cell}"), "stream");
        _ = Kill(kernel.Process.Id, 15);
        await kernel.EndAsync();
        Assert.NotEqual(0, kernel.Process.ExitCode);
    }

    [Fact]
    public void SIGINT_interrupts_the_cell_and_not_the_kernel()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT");
        using var kernel = new KernelProcess();
        using var client = new KernelClient(kernel);
        var id = client.Start("Console.Write(\"go\"); while (true) { }");
        client.WaitFor(id, "stream");
        _ = Kill(kernel.Process.Id, 2);
        Assert.Equal("OperationCanceledException", client.End(id).Reply.Text("ename"));
        Assert.Equal("1", client.Execute("1").Value);
    }

    [Fact]
    public async Task A_cell_that_ends_the_process_is_told_so()
    {
        using var kernel = new KernelProcess();
        using var client = new KernelClient(kernel);
        var answer = client.Execute("Console.Write(\"last words\"); Environment.Exit(7);");
        Assert.Equal("last words", answer.Stream("stdout"));
        Assert.Contains("Environment.Exit(7)", answer.Single("error").Text("evalue"));
        Assert.Equal("error", answer.Reply.Text("status"));
        await kernel.EndAsync();
        Assert.Equal(7, kernel.Process.ExitCode);
    }

    [Fact]
    public async Task An_orphan_ends_by_itself_also_in_the_middle_of_a_cell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell is the parent here");
        using var folder = new TemporaryFolder();
        using var kernel = KernelProcess.UnderShell(folder, out var shell);
        using (var client = new KernelClient(kernel))
        {
            client.WaitFor(client.Start("Console.Write(\"go\"); while (true) { }"), "stream");
        }
        shell.Kill();
        await shell.WaitForExitAsync();
        await kernel.EndAsync();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
