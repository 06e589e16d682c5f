namespace SentenceTransformers;

/// <summary>Where the hub and its cache are, and who asks: the settings that huggingface_hub reads from the environment.</summary>
public sealed record HubOptions
{
    /// <summary>The hub's address (HF_ENDPOINT).</summary>
    public Uri Endpoint { get; init; } = new("https://huggingface.co");

    /// <summary>The cache's folder, shared with Python (HF_HUB_CACHE, or HF_HOME's folder "hub").</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The user's access token (HF_TOKEN, or HF_HOME's file "token"); sent to <see cref="Endpoint"/> only.</summary>
    public string? Token { get; init; }

    /// <summary>Whether only the cache may be used (HF_HUB_OFFLINE).</summary>
    public bool Offline { get; init; }

    /// <summary>How long the hub may take to begin its answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>In every such span at least <see cref="MinimumBytes"/> must arrive.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The least that must arrive in <see cref="StallTimeout"/>; a server that drips slower is given up.</summary>
    public int MinimumBytes { get; init; } = 1024;

    /// <summary>How often a request is made before it is given up.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long to wait before the second attempt; doubled for each one after.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Reads the environment, as huggingface_hub does.</summary>
    /// <exception cref="ArgumentException">HF_ENDPOINT is no http address.</exception>
    public static HubOptions FromEnvironment()
    {
        var endpoint = Variable("HF_ENDPOINT")?.TrimEnd('/') ?? "https://huggingface.co";
        if (
            !Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
        )
            throw new ArgumentException($"HF_ENDPOINT: '{endpoint}' is not an http address");
        return new HubOptions
        {
            Endpoint = address,
            CacheFolder = CacheFromEnvironment(),
            Token =
                Variable("HF_TOKEN")
                ?? SavedToken(Variable("HF_TOKEN_PATH") ?? Path.Combine(Home(), "token")),
            Offline =
                Variable("HF_HUB_OFFLINE")?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE",
        };
    }

    /// <summary>Where the cache is, whatever else the environment says.</summary>
    internal static string CacheFromEnvironment() =>
        Variable("HF_HUB_CACHE")
        ?? Variable("HUGGINGFACE_HUB_CACHE")
        ?? Path.Combine(Home(), "hub");

    private static string Home() =>
        Variable("HF_HOME")
        ?? Path.Combine(
            Variable("XDG_CACHE_HOME")
                ?? Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                    ".cache"
                ),
            "huggingface"
        );

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value
        && value.Trim() is { Length: > 0 } text
            ? text
            : null;

    private static string? SavedToken(string path)
    {
        try
        {
            return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } token
                ? token
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // a public model needs none
        }
    }
}
