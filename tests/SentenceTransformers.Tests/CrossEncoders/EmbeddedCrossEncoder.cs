namespace SentenceTransformers.Tests;

/// <summary>The embedded cross-encoder, loaded once for a class of tests.</summary>
public sealed class EmbeddedCrossEncoder : IDisposable
{
    public CrossEncoder Model { get; } = CrossEncoder.Load("ko-mini-cross");

    public void Dispose() => Model.Dispose();
}
