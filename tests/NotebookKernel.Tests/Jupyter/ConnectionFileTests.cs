using System.Net.Sockets;

namespace NotebookKernel.Tests;

public class ConnectionFileTests
{
    private const string Good =
        """{"transport":"tcp","ip":"127.0.0.1","shell_port":1,"control_port":2,"stdin_port":3,"iopub_port":4,"hb_port":5,"key":"k","signature_scheme":"hmac-sha256"}""";

    [Fact]
    public void It_is_read_as_Jupyter_writes_it()
    {
        var file = Load(Good);
        Assert.Equal("k"u8.ToArray(), file.Key);
        Assert.Equal("127.0.0.1:1", file.Shell.ToString());
        Assert.Equal("127.0.0.1:5", file.Heartbeat.ToString());
        Assert.Equal("[::1]:1", Load(Good.Replace("127.0.0.1", "::1")).Shell.ToString());
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[1]", "found Array, expected an object")]
    [InlineData("""{"transport":"tcp"}""", "shell_port: found nothing")]
    [InlineData(
        "\"shell_port\":1",
        "\"shell_port\":\"1\"",
        "shell_port: found \"1\", expected a port"
    )]
    [InlineData(
        "\"shell_port\":1",
        "\"shell_port\":70000",
        "shell_port: found 70000, expected a port"
    )]
    [InlineData("\"shell_port\":1", "\"shell_port\":0", "shell_port: found 0")]
    [InlineData("\"shell_port\":1", "\"shell_port\":1,\"shell_port\":2", "not JSON")]
    [InlineData("127.0.0.1", "example.org", "ip: found 'example.org', expected an address")]
    [InlineData("\"tcp\"", "\"udp\"", "transport: found 'udp', expected 'tcp' or 'ipc'")]
    [InlineData("\"k\"", "{}", "key: found {}, expected a string")]
    [InlineData("hmac-sha256", "hmac-md5", "signature_scheme: found 'hmac-md5'")]
    public void What_is_wrong_with_it_is_named(params string[] texts)
    {
        var text = texts is [var old, var changed, _] ? Good.Replace(old, changed) : texts[0];
        Assert.True(texts.Length == 2 || text != Good);
        var error = Assert.Throws<ConnectionFileException>(() => Load(text));
        Assert.Contains(texts[^1], error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_path_too_long_for_a_Unix_socket_is_refused()
    {
        var text = Good.Replace("tcp", "ipc").Replace("127.0.0.1", new string('x', 200));
        Assert.Contains(
            "ip: found",
            Assert.Throws<ConnectionFileException>(() => Load(text)).Message
        );
    }

    [Fact]
    public async Task The_process_says_it_in_one_line()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var inUse = KernelProcess.NewConnection();
        inUse["hb_port"] = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        string[] files =
        [
            folder["missing.json"],
            folder.Path,
            folder.Write("taken.json", inUse.ToJsonString()),
        ];
        string[] said = ["no such file", folder.Path, "hb_port: cannot listen at 127.0.0.1"];
        foreach (var (file, expected) in files.Zip(said))
        {
            using var kernel = KernelProcess.Start(file, folder.Path);
            var error = await kernel.StandardError.ReadToEndAsync();
            await kernel.WaitForExitAsync();
            Assert.Equal(2, kernel.ExitCode);
            Assert.Contains(
                expected,
                Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            );
        }
    }

    private static ConnectionFile Load(string text)
    {
        using var folder = new TemporaryFolder();
        return ConnectionFile.Load(folder.Write("connection.json", text));
    }
}
