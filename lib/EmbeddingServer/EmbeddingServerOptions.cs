using System.Net;

namespace EmbeddingServer;

/// <summary>Where the server listens, and how much it takes on.</summary>
public sealed record EmbeddingServerOptions
{
    /// <summary>The address; by default only this machine can reach it.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The most bytes of a request.</summary>
    public long MaximumBodyBytes { get; init; } = 8 << 20;

    /// <summary>The most texts of a request.</summary>
    public int MaximumTexts { get; init; } = 2048;

    /// <summary>The most texts that go through the model together.</summary>
    public int MaximumBatch { get; init; } = 256;

    /// <summary>The most texts that wait; whoever comes then is told to try again (429).</summary>
    public int MaximumWaiting { get; init; } = 16_384;
}
