namespace Workbook.CommandLine;

/// <summary>Whether a package is served here.</summary>
/// <param name="Name">The package's id.</param>
/// <param name="Version">The version that was taken; null where none was.</param>
/// <param name="Source">Where it came from: a host, or a folder.</param>
/// <param name="Reason">Why there is none; null where there is one.</param>
internal sealed record PackageAnswer(string Name, string? Version, string? Source, string? Reason);
