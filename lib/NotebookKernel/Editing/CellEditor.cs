using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookKernel;

/// <summary>Answers an editor's questions about a cell, from what the compiler makes of it after the cells before.</summary>
internal sealed class CellEditor(CellCompiler compiler)
{
    // The cell has no number yet.
    private const string Name = "Cell";

    /// <summary>How the cell might go on at a place.</summary>
    public CellCompletions Complete(string code, int position, CancellationToken cancellation)
    {
        position = Math.Clamp(position, 0, code.Length);
        var lineStart = code.LastIndexOf('\n', Math.Max(0, position - 1), position) + 1;
        if (code[lineStart..position].StartsWith("#!", StringComparison.Ordinal))
            return Magics(code, lineStart, position);
        var start = WordStart(code, position);
        if (CellSource.ForEditing(code) is not { } source)
            return new(position, position, []);

        // A member that is yet to be named must not swallow the next line's first word.
        var lineEnd = source.IndexOf('\n', position) is >= 0 and var end ? end : source.Length;
        if (string.IsNullOrWhiteSpace(source[position..lineEnd]))
            source = source.Insert(position, ";");
        var compilation = compiler.CompileAsWritten(source, Name);
        var tree = compilation.SyntaxTrees[^1];
        if (InText(tree, start, position))
            return new(position, position, []);
        var model = compilation.GetSemanticModel(tree);
        var prefix = code[start..position];
        var items = new CompletionContext(model, start, cancellation)
            .Items()
            .Where(item => item.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .OrderBy(item => !item.Text.StartsWith(prefix, StringComparison.Ordinal))
            .ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase)
            .ThenBy(item => item.Text, StringComparer.Ordinal);
        return new(start, position, [.. items]);
    }

    /// <summary>What stands at a place; null where nothing is known.</summary>
    public MimeBundle? Inspect(string code, int position, CancellationToken cancellation)
    {
        position = Math.Clamp(position, 0, code.Length);
        if (CellSource.ForEditing(code) is not { } source)
            return null;
        var compilation = compiler.CompileAsWritten(source, Name);
        var tree = compilation.SyntaxTrees[^1];
        var inspection = new SymbolInspection(compilation.GetSemanticModel(tree), cancellation);
        return inspection.At(position);
    }

    private static CellCompletions Magics(string code, int start, int position) =>
        new(
            start,
            position,
            [
                .. CellSource
                    .Magics.Where(magic =>
                        magic.StartsWith(code[start..position], StringComparison.OrdinalIgnoreCase)
                    )
                    .Select(magic => new CellCompletion(magic, "keyword")),
            ]
        );

    private static int WordStart(string code, int position)
    {
        while (position > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[position - 1]))
            position--;
        return position;
    }

    // Inside of a comment, a string's text or a number nothing is to be completed.
    private static bool InText(SyntaxTree tree, int start, int position)
    {
        var root = tree.GetRoot();
        var trivia = root.FindTrivia(Math.Max(0, position - 1));
        if (
            trivia.Kind()
            is SyntaxKind.SingleLineCommentTrivia
                or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia
                or SyntaxKind.DisabledTextTrivia
        )
            return true;
        var token = root.FindToken(Math.Max(0, position - 1));
        return token.SpanStart < position
            && (
                token.IsKind(SyntaxKind.NumericLiteralToken) && token.SpanStart <= start
                || IsText(token) && (position < token.Span.End || !IsClosed(token))
            );
    }

    private static bool IsText(SyntaxToken token) =>
        token.Kind()
            is SyntaxKind.StringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.CharacterLiteralToken
                or SyntaxKind.InterpolatedStringTextToken;

    private static bool IsClosed(SyntaxToken token) =>
        !token.IsKind(SyntaxKind.InterpolatedStringTextToken) && !token.ContainsDiagnostics;
}
