using System.Diagnostics;

namespace Workbook.CommandLine.Tests;

/// <summary>`models pull` against a hub on loopback that serves the embedded model as if it were somebody's.</summary>
public sealed class ModelPullCommandTests : IDisposable
{
    private readonly TemporaryFolder cache = new();
    private readonly FakeHub hub;

    public ModelPullCommandTests()
    {
        hub = Serving(Path.Combine(Goldens.Repository, "models", "ko-mini"));
    }

    private static FakeHub Serving(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(folder, file).Replace('\\', '/'),
                    File.ReadAllBytes
                )
        );

    public void Dispose()
    {
        hub.Dispose();
        cache.Dispose();
    }

    private (string, string?)[] Environment =>
        [
            ("HF_ENDPOINT", hub.Endpoint.ToString()),
            ("HF_HUB_CACHE", cache.Path),
            ("HF_TOKEN", "hf_secret"),
            ("HF_HUB_OFFLINE", null),
        ];

    [Fact]
    public void A_pulled_model_encodes_by_its_id_as_the_embedded_one_does()
    {
        var pulled = Shell.Run($"models pull {FakeHub.Model}", environment: Environment);

        Assert.Equal(0, pulled.Code);
        Assert.Equal(
            [cache[Path.Combine("models--owner--model", "snapshots", hub.Commit)]],
            pulled.Lines
        );
        Assert.Contains("model.safetensors: 11.5 MB\n", pulled.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_secret", pulled.Error, StringComparison.Ordinal);
        var encoded = Shell.Run(
            $"encode --model {FakeHub.Model}",
            "졸음이 옵니다\n",
            environment: Environment
        );
        Assert.Equal(0, encoded.Code);
        Assert.Equal(Shell.Run("encode --model ko-mini", "졸음이 옵니다\n").Output, encoded.Output);
    }

    [Fact]
    public void A_model_that_was_not_pulled_is_one_line_that_says_how() =>
        Shell
            .Run($"encode --model {FakeHub.Model}", "x\n", environment: Environment)
            .AssertRefused(
                2,
                "no such folder, and no model of the hub that has been fetched (`models pull owner/model` fetches it)"
            );

    [Fact]
    public void A_model_that_the_hub_has_not_is_one_line() =>
        Shell
            .Run("models pull owner/other", environment: Environment)
            .AssertRefused(1, "owner/other: not on the hub (404)");

    [Fact]
    public void An_embedded_model_needs_no_pull()
    {
        var result = Shell.Run("models pull ko-mini", environment: Environment);

        Assert.Equal(0, result.Code);
        Assert.Contains("comes with the workbook", result.Error, StringComparison.Ordinal);
        Assert.Empty(hub.Requests);
    }

    [Fact]
    public void A_model_of_the_list_that_was_not_fetched_is_one_line_that_says_how()
    {
        Shell
            .Run("encode --model kr-sbert", "x\n", environment: Environment)
            .AssertRefused(2, "kr-sbert: not fetched yet; `models pull kr-sbert` fetches it");
        Shell
            .Run("models verify kr-sbert", environment: Environment)
            .AssertRefused(2, "kr-sbert is not fetched yet");
        Assert.Contains(
            "\nkr-sbert\tbi-encoder\tnot fetched\t",
            Shell.Run("models list", environment: Environment).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_model_of_the_list_is_pulled_by_its_name_and_verified_against_what_was_published()
    {
        using var lecture = new FakeHub(hub, "snunlp/KR-SBERT-V40K-klueNLI-augSTS");
        var environment = Environment
            .Append(("HF_ENDPOINT", lecture.Endpoint.ToString()))
            .ToArray();

        Assert.Equal(0, Shell.Run("models pull kr-sbert", environment: environment).Code);

        // Not KR-SBERT's weights but the embedded model's: its numbers are not the lecture's, and that must be said.
        var verified = Shell.Run("models verify kr-sbert", environment: environment);
        Assert.Equal(1, verified.Code);
        Assert.Matches(@"0\.76\d\d\t0\.8007\t-0\.03\d\d\tthe lecture", verified.Output);
        Assert.Contains("DIFFERS", verified.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil", "is not a model's id on the hub")]
    [InlineData("owner/model@a@b", "expected NAME or NAME@REVISION")]
    [InlineData("owner/model@../x", "is not a branch, a tag or a commit")]
    public void A_name_that_is_none_is_a_usage_error(string name, string message) =>
        Shell.Run($"models pull {name}", environment: Environment).AssertRefused(2, message);

    [Theory]
    [InlineData("st-models/st-bert-cls-dense-norm")]
    [InlineData("st-models/st-roberta-mean-norm-prompts")]
    [InlineData("st-models/st-bert-mean-legacy")]
    [InlineData("clip/hf-clip-tiny")]
    public void Folders_of_every_layout_come_whole(string golden)
    {
        var folder = Goldens.Shared(golden);
        using var other = Serving(folder);
        var environment = Environment.Append(("HF_ENDPOINT", other.Endpoint.ToString())).ToArray();
        Assert.Equal(0, Shell.Run($"models pull {FakeHub.Model}", environment: environment).Code);
        var pulled = Shell.Run(
            $"encode --model {FakeHub.Model}",
            "a photo of a cat\n",
            environment: environment
        );
        Assert.Equal(0, pulled.Code);
        Assert.Equal(
            Shell.Run(["encode", "--model", folder], "a photo of a cat\n"u8.ToArray()).Output,
            pulled.Output
        );
    }

    [Fact]
    public async Task Two_processes_that_pull_at_once_fetch_the_weights_once()
    {
        var pulls = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ =>
                    Task.Run(() =>
                        Shell.Run($"models pull {FakeHub.Model}", environment: Environment)
                    )
                )
        );
        Assert.All(pulls, pull => Assert.Equal((0, pulls[0].Output), (pull.Code, pull.Output)));
        Assert.Single(hub.StoreRequests);
    }

    [Fact]
    public void A_disk_that_is_full_is_said_and_the_next_pull_goes_on_from_there()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "needs bash to limit the size of files");
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardError = true };
        // Blocks of 1,024 bytes: writing beyond them fails, as it does where a disk ends.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            $"trap '' XFSZ; ulimit -f 2000; exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Workbook.CommandLine.dll")}' models pull {FakeHub.Model}"
        );
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // which would map its own code from a file larger than that
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 1, said);
        Assert.Contains("model.safetensors: cannot be written to ", said, StringComparison.Ordinal);
        Assert.Empty(
            Directory.GetFiles(cache.Path, "model.safetensors", SearchOption.AllDirectories)
        );

        Assert.Equal(0, Shell.Run($"models pull {FakeHub.Model}", environment: Environment).Code);
        Assert.Equal(2, hub.StoreRequests.Count);
        Assert.True(hub.StoreRequests.Last().From > 0);
    }
}
