namespace SentenceTransformers.Tests;

/// <summary>Keeps what is reported, at once and in order.</summary>
internal sealed class ProgressRecorder(List<EncodeProgress> reports) : IProgress<EncodeProgress>
{
    public void Report(EncodeProgress value) => reports.Add(value);
}
