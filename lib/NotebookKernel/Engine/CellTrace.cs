using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>Tells an exception's story in lines of cells, without the kernel's own frames.</summary>
internal static partial class CellTrace
{
    private static readonly string[] Hidden =
    [
        "NotebookKernel.",
        "System.Runtime.CompilerServices.",
        "System.Runtime.ControlledExecution",
        "System.Runtime.ExceptionServices.",
        "System.Threading.ExecutionContext",
    ];

    /// <summary>The cell's error from the exception that it threw.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="cell">The failing cell's name; its lines are quoted.</param>
    /// <param name="code">The failing cell's text.</param>
    public static CellError Error(Exception error, string cell, string code)
    {
        // A formatter that is called by reflection: its own error is the one to show.
        while (error is TargetInvocationException { InnerException: { } inner })
            error = inner;
        var lines = new List<string>();
        var source = code.Split('\n');
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            var intro = cause == error ? "" : "caused by ";
            lines.Add($"{intro}{cause.GetType().FullName}: {cause.Message}");
            foreach (var frame in new StackTrace(cause, fNeedFileInfo: true).GetFrames())
                lines.AddRange(Describe(frame, cell, source));
        }
        return new(error.GetType().Name, error.Message, lines);
    }

    private static IEnumerable<string> Describe(StackFrame frame, string cell, string[] source)
    {
        if (frame.GetMethod() is not { } method)
            yield break;
        var type = method.DeclaringType?.FullName ?? "";
        if (Hidden.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)))
            yield break;
        // The file's name alone: a notebook's outputs are the same in every folder. A cell is "<folder>/Cell 3" here.
        var file = Path.GetFileName(frame.GetFileName());
        var line = frame.GetFileLineNumber();
        if (!type.StartsWith("Submission#", StringComparison.Ordinal))
        {
            yield return $"   at {type}.{method.Name}{(file is null ? "" : $" in {file}:line {line}")}";
            yield break;
        }
        // Optimized code loses the line of a failed range check.
        if (file is null || line == 0)
        {
            yield return $"   at {method.Module.Assembly.GetName().Name}";
            yield break;
        }
        yield return $"   at {file}, line {line}{(Name(method) is { } name ? $", in {name}" : "")}";
        if (file == cell && line <= source.Length)
            yield return $"      {source[line - 1].Trim()}";
    }

    // The compiler's names: <F>d__3.MoveNext for an async F, <F>g__G|3_0 for a local function G, <F>b__0 for a lambda.
    private static string? Name(MethodBase method)
    {
        var compiled = method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name;
        if (compiled.Contains("<Initialize>", StringComparison.Ordinal) || compiled is "<Factory>")
            return null;
        var match = CompilerName().Match(compiled);
        var name =
            !match.Success ? compiled
            : match.Groups["local"].Success ? match.Groups["local"].Value
            : match.Groups["lambda"].Success ? "a lambda"
            : match.Groups["outer"].Value;
        var owner = method.DeclaringType!.Name;
        var qualifier =
            owner.StartsWith("Submission#", StringComparison.Ordinal) || owner.Contains('<')
                ? ""
                : $"{owner}.";
        return qualifier + name;
    }

    [GeneratedRegex(@"^<(?:<.*?>)?(?<outer>[^>]*)>(?:g__(?<local>\w+)\||(?<lambda>b__))?")]
    private static partial Regex CompilerName();
}
