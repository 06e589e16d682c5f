namespace NotebookKernel.Tests;

public class UnixSocketTests
{
    [Fact]
    public async Task The_ipc_transport_works_and_a_kernel_that_was_killed_does_not_block_the_next()
    {
        using var folder = new TemporaryFolder();
        var path = folder["s"];
        for (var i = 0; i < 2; i++)
        {
            using var kernel = new KernelProcess(connection =>
            {
                (connection["transport"], connection["ip"]) = ("ipc", path);
                for (
                    var (port, names) = (1, new[] { "shell", "control", "stdin", "iopub", "hb" });
                    port <= 5;
                    port++
                )
                    connection[$"{names[port - 1]}_port"] = port;
            });
            using var client = new KernelClient(kernel);
            Assert.Equal("2", client.Execute("1 + 1").Value);
            Assert.Equal(5, Directory.GetFiles(folder.Path).Length);
            if (i == 0)
                continue; // it is killed, and leaves its files
            client.AskControl("shutdown_request", []);
            await kernel.EndAsync();
            Assert.Empty(Directory.GetFiles(folder.Path));
        }
    }
}
