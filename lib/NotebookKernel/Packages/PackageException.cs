namespace NotebookKernel;

/// <summary>A package that a cell names cannot be had: unknown, of no such version, or out of reach.</summary>
internal sealed class PackageException(string message) : Exception(message);
