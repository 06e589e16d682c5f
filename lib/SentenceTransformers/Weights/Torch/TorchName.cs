namespace SentenceTransformers;

/// <summary>The name of a class or a function in a pickle; it stands for nothing that could run.</summary>
internal sealed record TorchName(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
