namespace Workbook.CommandLine;

/// <summary>The command was called with what it cannot use: one line on standard error, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
