using System.Text;
using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>Makes a learner's notebook of a lesson's master: the same, without the solutions.</summary>
/// <remarks>
/// In the master a solution stands between the lines <c>// BEGIN SOLUTION</c> and <c>// END SOLUTION</c>; what stands before
/// them must run by itself, as <c>double? answer = null;</c> does. The master lies one folder deeper than the learner's.
/// </remarks>
public static partial class LearnersEdition
{
    private const string Begin = "// BEGIN SOLUTION";
    private const string End = "// END SOLUTION";
    private const string Stub = "// your answer";

    /// <summary>The learner's edition of a master, not yet run.</summary>
    /// <param name="master">The lesson with its solutions.</param>
    /// <param name="path">Where the edition will lie: one folder above the master's.</param>
    /// <exception cref="NotebookFormatException">A solution does not begin or does not end.</exception>
    public static NotebookDocument Of(NotebookDocument master, string path)
    {
        ArgumentNullException.ThrowIfNull(master);
        return master.Rewrite(
            path,
            cell =>
                cell.Kind == NotebookCellKind.Code
                    ? Reference().Replace(Strip(master.Path, cell), "$1$2")
                    : Link().Replace(cell.Source, "](")
        );
    }

    /// <summary>Whether two notebooks have the same cells, whatever these once showed.</summary>
    public static bool IsSame(NotebookDocument a, NotebookDocument b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Cells.Select(Key).SequenceEqual(b.Cells.Select(Key));

        static (string, NotebookCellKind, string) Key(NotebookCell cell) =>
            (cell.Id, cell.Kind, cell.Source);
    }

    /// <summary>Whether a master's cell holds a solution.</summary>
    public static bool HasSolution(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Kind == NotebookCellKind.Code
            && cell.Source.Split('\n').Any(line => line.Trim() == Begin);
    }

    /// <summary>What stands between the marks of a master's cell.</summary>
    public static string Solution(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return string.Join(
            '\n',
            cell.Source.Split('\n')
                .SkipWhile(line => line.Trim() != Begin)
                .Skip(1)
                .TakeWhile(line => line.Trim() != End)
        );
    }

    /// <summary>What a master's cell has after its last solution; null where it has none.</summary>
    internal static string? AfterSolution(NotebookCell master)
    {
        var lines = master.Source.Split('\n');
        var end = Array.FindLastIndex(lines, line => line.Trim() == End);
        return master.Kind == NotebookCellKind.Code && end >= 0
            ? string.Join('\n', lines[(end + 1)..])
            : null;
    }

    private static string Strip(string path, NotebookCell cell)
    {
        var text = new StringBuilder();
        var inside = false;
        foreach (var line in cell.Source.Split('\n'))
        {
            var (begins, ends) = (line.Trim() == Begin, line.Trim() == End);
            if (begins == inside && (begins || ends) || ends && !inside)
                throw Unpaired(path, cell);
            if (begins)
                text.Append(line.Replace(Begin, Stub, StringComparison.Ordinal)).Append('\n');
            else if (!ends && !inside)
                text.Append(line).Append('\n');
            inside = begins || inside && !ends;
        }
        return inside ? throw Unpaired(path, cell) : text.ToString(0, text.Length - 1);
    }

    private static NotebookFormatException Unpaired(string path, NotebookCell cell) =>
        new(path, $"cell {cell.Id}: '{Begin}' and '{End}' do not stand in pairs");

    [GeneratedRegex(@"^(#r "")\.\./((\.\./)+artifacts/)", RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\]\(\.\./")]
    private static partial Regex Link();
}
