namespace NotebookKernel;

/// <summary>A package that a cell asks for: <c>#r "nuget: Name, Version"</c>.</summary>
/// <param name="Name">The package's id.</param>
/// <param name="Version">A version or a range as NuGet writes it; <c>*</c> for the newest.</param>
internal sealed record PackageRequest(string Name, string Version)
{
    /// <summary>Whether another day may give another version.</summary>
    public bool Floats => Version.Contains('*');

    /// <inheritdoc/>
    public override string ToString() => Floats ? Name : $"{Name} {Version}";
}
