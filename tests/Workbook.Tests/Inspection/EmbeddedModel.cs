using SentenceTransformers;

namespace Workbook.Tests;

/// <summary>The embedded model, loaded once for all tests that inspect sentences.</summary>
public sealed class EmbeddedModel : IDisposable
{
    public SentenceTransformer Model { get; } = SentenceTransformer.Load("ko-mini");

    public void Dispose() => Model.Dispose();
}
