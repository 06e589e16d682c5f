namespace SentenceTransformers.Tests.Hub;

public sealed class HubFailureTests : IDisposable
{
    private readonly HubFolder cache = new();
    private readonly Dictionary<string, byte[]> files = HubFolder.Repository();
    private readonly FakeHub hub;

    public HubFailureTests() => hub = new FakeHub(files);

    public void Dispose()
    {
        hub.Dispose();
        cache.Dispose();
    }

    private byte[] Weights => files["model.safetensors"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(24_999)]
    [InlineData(49_999)]
    public async Task A_download_cut_at_any_byte_goes_on_from_there(int cut)
    {
        var cuts = 0;
        hub.MisbehaveInStore = request =>
            cuts++ == 0 ? FakeHub.Content(request, Weights) with { CutAfter = cut } : null;

        var folder = await cache.Pull(hub);

        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Equal([0, cut], hub.StoreRequests.Select(request => request.From));
    }

    [Fact]
    public async Task A_connection_that_breaks_again_and_again_but_brings_something_each_time_is_not_given_up()
    {
        hub.MisbehaveInStore = request =>
            FakeHub.Content(request, Weights) with
            {
                CutAfter = 2_500,
            };

        var folder = await cache.Pull(hub, options => options with { Attempts = 2 });

        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Equal(20, hub.StoreRequests.Count);
    }

    [Fact]
    public async Task A_later_pull_goes_on_where_a_failed_one_stopped()
    {
        hub.MisbehaveInStore = request =>
            request.From == 0
                ? FakeHub.Content(request, Weights) with
                {
                    CutAfter = 30_000,
                }
                : new FakeAnswer(404, []);
        await cache.Refused(hub);
        hub.MisbehaveInStore = _ => null;
        hub.StoreRequests.Clear();

        await cache.Pull(hub);

        Assert.Equal(30_000, Assert.Single(hub.StoreRequests).From);
    }

    [Fact]
    public async Task An_interrupted_download_leaves_a_state_to_go_on_from_and_no_file_under_its_final_name()
    {
        using var interrupt = new CancellationTokenSource();
        hub.MisbehaveInStore = request =>
            FakeHub.Content(request, Weights[..40_000]) with
            {
                Announce = Weights.Length,
                Drip = TimeSpan.FromMilliseconds(1),
            };
        using var client = new HubClient(cache.Options(hub));
        var progress = new Watch(step =>
        {
            if (step is { File: "model.safetensors", Bytes: >= 5 })
                interrupt.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.DownloadAsync(FakeHub.Model, progress: progress, cancellation: interrupt.Token)
        );

        Assert.Contains(
            cache.Files(),
            file => file.EndsWith(".incomplete", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            cache.Files(),
            file => new FileInfo(cache[file]).Length == Weights.Length
        );
        hub.MisbehaveInStore = _ => null;
        hub.StoreRequests.Clear();
        await cache.Pull(hub);
        Assert.True(Assert.Single(hub.StoreRequests).From >= 5);
    }

    [Fact]
    public async Task A_server_that_ignores_the_range_is_read_from_its_beginning()
    {
        var answers = 0;
        hub.MisbehaveInStore = request => new FakeAnswer(200, Weights)
        {
            CutAfter = answers++ == 0 ? 1_000 : null,
        };

        var folder = await cache.Pull(hub);

        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
    }

    [Fact]
    public async Task A_range_that_begins_elsewhere_is_refused()
    {
        var answers = 0;
        hub.MisbehaveInStore = request =>
            answers++ == 0
                ? new FakeAnswer(200, Weights) { CutAfter = 1_000 }
                : new FakeAnswer(
                    206,
                    Weights[500..],
                    ("Content-Range", $"bytes 500-{Weights.Length - 1}/{Weights.Length}")
                );

        var error = await cache.Refused(hub);

        Assert.Contains(
            "asked for byte 1,000 on, the server sends from 500",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_damaged_once_is_fetched_again()
    {
        var answers = 0;
        hub.MisbehaveInStore = request =>
            answers++ == 0 ? new FakeAnswer(200, new byte[Weights.Length]) : null;

        var folder = await cache.Pull(hub);

        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Equal(2, answers);
    }

    [Theory]
    [InlineData("model.safetensors", "SHA-256")]
    [InlineData("config.json", "git hash")]
    public async Task A_file_damaged_twice_is_an_error_and_leaves_nothing(string name, string hash)
    {
        FakeAnswer? Damage(FakeRequest request) =>
            request.Method == "GET" && request.Path.EndsWith(name, StringComparison.Ordinal)
                ? new FakeAnswer(200, new byte[files[name].Length])
                : null;
        if (hub.IsLarge(name))
            hub.MisbehaveInStore = Damage;
        else
            hub.Misbehave = Damage;

        var error = await cache.Refused(hub);

        Assert.StartsWith(
            $"{name}: what arrived is not what the hub promised ({hash}",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            cache.Files(),
            file => file.EndsWith(".incomplete", StringComparison.Ordinal)
        );
        Assert.False(File.Exists(cache[$"models--owner--model/snapshots/{hub.Commit}/{name}"]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task An_announced_length_that_differs_is_an_error(int difference)
    {
        hub.MisbehaveInStore = request => new FakeAnswer(200, Weights)
        {
            Announce = Weights.Length + difference,
        };

        var error = await cache.Refused(hub);

        Assert.Contains(
            $"announces {Weights.Length + difference:N0} bytes, expected {Weights.Length:N0}",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_web_page_instead_of_a_file_is_named_as_such()
    {
        hub.MisbehaveInStore = request => new FakeAnswer(
            200,
            new byte[Weights.Length],
            ("Content-Type", "text/html; charset=utf-8")
        );

        var error = await cache.Refused(hub);

        Assert.Contains(
            "model.safetensors: 127.0.0.1 sends a web page instead of the file",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_web_page_instead_of_the_list_is_named_as_such()
    {
        hub.Misbehave = _ => new FakeAnswer(
            200,
            HubFolder.Text("<html>Welcome to the hotel"),
            ("Content-Type", "text/html")
        );

        var error = await cache.Refused(hub);

        Assert.Contains("does not answer as a hub does", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "", "private, or not there (set HF_TOKEN to your access token)")]
    [InlineData(403, "GatedRepo", "its owner must grant you access first")]
    [InlineData(403, "", "access refused")]
    [InlineData(404, "RepoNotFound", "not on the hub (404)")]
    [InlineData(404, "RevisionNotFound", "no such revision")]
    [InlineData(400, "", "the hub answers 400")]
    public async Task A_refusal_is_said_in_plain_words_at_once(
        int status,
        string code,
        string words
    )
    {
        hub.Misbehave = _ => new FakeAnswer(status, [], ("X-Error-Code", code));

        var error = await cache.Refused(hub);

        Assert.StartsWith($"owner/model: {words}", error.Message, StringComparison.Ordinal);
        Assert.Single(hub.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_busy_hub_is_asked_again(int status)
    {
        var answers = 0;
        hub.Misbehave = _ =>
            answers++ < 3 ? new FakeAnswer(status, [], ("Retry-After", "0")) : null;
        var notes = new List<string>();

        await cache.Pull(
            hub,
            progress: new Watch(step => notes.AddRange(step.Note is { } note ? [note] : []))
        );

        Assert.Equal(3, notes.Count);
        Assert.StartsWith(
            $"owner/model: the hub answers {status}; again in 0 s",
            notes[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_hub_that_stays_busy_is_given_up_after_the_attempts()
    {
        hub.Misbehave = _ => new FakeAnswer(503, []);

        var error = await cache.Refused(hub, options => options with { Attempts = 3 });

        Assert.Equal("owner/model: the hub answers 503 (tried 3 times)", error.Message);
        Assert.Equal(3, hub.Requests.Count);
    }

    [Fact]
    public async Task A_hub_that_asks_for_an_hour_is_not_waited_for()
    {
        hub.Misbehave = _ => new FakeAnswer(429, [], ("Retry-After", "3600"));

        var error = await cache.Refused(hub);

        Assert.Contains("asks to wait 60 minutes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_drips_is_given_up()
    {
        hub.MisbehaveInStore = request =>
            FakeHub.Content(request, Weights) with
            {
                Drip = TimeSpan.FromMilliseconds(20),
            };

        var error = await cache.Refused(
            hub,
            options => options with { Attempts = 1, StallTimeout = TimeSpan.FromMilliseconds(200) }
        );

        Assert.Contains(
            "model.safetensors: fewer than 1,024 bytes in 0.2 s",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        hub.Misbehave = _ => new FakeAnswer(200, []) { Delay = TimeSpan.FromMinutes(1) };

        var error = await cache.Refused(
            hub,
            options => options with { Attempts = 2, AnswerTimeout = TimeSpan.FromMilliseconds(100) }
        );

        Assert.Equal(
            "owner/model: no answer from 127.0.0.1 within 0.1 s (tried 2 times)",
            error.Message
        );
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        hub.Misbehave = request => new FakeAnswer(302, [], ("Location", request.Path));

        var error = await cache.Refused(hub);

        Assert.Contains("redirected more than 10 times", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/evil")]
    [InlineData("a\\..\\evil")]
    [InlineData("a/../evil")]
    [InlineData("nul.json")]
    [InlineData("a/COM1")]
    [InlineData("a//b")]
    [InlineData("name.")]
    [InlineData("tab\there")]
    [InlineData("")]
    public async Task A_file_name_that_would_leave_the_cache_is_refused(string name)
    {
        files[name] = [1];

        var error = await cache.Refused(hub);

        Assert.Contains("which would leave the cache", error.Message, StringComparison.Ordinal);
        Assert.Empty(cache.Files());
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("..")]
    [InlineData("")]
    public async Task An_ETag_or_a_commit_that_would_leave_the_cache_is_refused(string evil)
    {
        hub.Misbehave = request =>
            request.Method == "HEAD" ? new FakeAnswer(200, [], ("ETag", $"\"{evil}\"")) : null;
        Assert.Contains(
            "no usable ETag",
            (await cache.Refused(hub)).Message,
            StringComparison.Ordinal
        );

        hub.Commit = evil;
        hub.Misbehave = _ => null;
        Assert.Contains(
            "which can be no folder",
            (await cache.Refused(hub)).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(cache.Files());
    }

    private sealed class Watch(Action<HubProgress> report) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => report(value);
    }
}
