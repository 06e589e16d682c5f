using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookKernel;

/// <summary>Whether a cell can be run as it stands, or wants another line.</summary>
/// <param name="Status">Which of the two, or neither.</param>
/// <param name="Indent">What the next line would begin with; empty unless the cell is incomplete.</param>
internal sealed record CellCompleteness(CellCompletenessStatus Status, string Indent)
{
    /// <summary>Judges a cell by its text alone.</summary>
    public static CellCompleteness Of(string code)
    {
        CellSource cell;
        try
        {
            cell = CellSource.Parse(code);
        }
        catch (DirectiveException)
        {
            return new(CellCompletenessStatus.Invalid, "");
        }
        if (cell.Language != CellLanguage.CSharp)
            return new(CellCompletenessStatus.Complete, "");
        var tree = CellCompiler.Parse(cell.Code, "");
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new(CellCompletenessStatus.Incomplete, IndentAfter(tree));
        return tree.GetDiagnostics()
            .Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? new(CellCompletenessStatus.Invalid, "")
            : new(CellCompletenessStatus.Complete, "");
    }

    // Four spaces for every brace that is still open.
    private static string IndentAfter(SyntaxTree tree)
    {
        var open = 0;
        foreach (var token in tree.GetRoot().DescendantTokens())
            if (!token.IsMissing)
                open += token.Kind() switch
                {
                    SyntaxKind.OpenBraceToken => 1,
                    SyntaxKind.CloseBraceToken => -1,
                    _ => 0,
                };
        return new(' ', 4 * Math.Max(0, open));
    }
}
