using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.CommandLine.Tests;

/// <summary>`serve` as a teacher starts it and a student's shell asks it.</summary>
public sealed partial class ServeCommandTests
{
    [Fact]
    public async Task Curl_is_answered_and_a_signal_ends_the_server()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/curl"))
            Assert.Skip("asks with curl, and ends by a signal of Linux");
        using var server = Start("serve --model ko-mini --reranker ko-mini-cross --port 0");
        var line = await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        var address = Address().Match(line ?? "").Value;
        Assert.NotEqual("", address);

        var embeddings = await CurlAsync(
            $"{address}/v1/embeddings",
            "-d",
            """{"input":["기차가 옵니다"]}"""
        );
        Assert.Contains("\"object\":\"embedding\"", embeddings, StringComparison.Ordinal);
        var ranking = await CurlAsync(
            $"{address}/rerank",
            "-d",
            """{"query":"날씨","documents":["기차","하늘"]}"""
        );
        Assert.Contains("\"scored_by\":\"cross-encoder\"", ranking, StringComparison.Ordinal);
        Assert.Equal("ok", await CurlAsync($"{address}/health"));

        using var kill = Process.Start("kill", ["-TERM", $"{server.Id}"]);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public void A_bi_encoder_is_no_reranker() =>
        Shell
            .Run("serve --model ko-mini --reranker ko-mini --port 0")
            .AssertRefused(2, "ko-mini is a bi-encoder");

    private static Process Start(string arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Goldens.Repository,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Workbook.CommandLine.dll"));
        foreach (var argument in arguments.Split(' '))
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("curl", ["-sS", "--max-time", "60", .. arguments])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var curl = Process.Start(start)!;
        var output = await curl.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        await curl.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, curl.ExitCode);
        return output;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
