using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookKernel;

/// <summary>Puts a checkpoint at the start of every loop's body, on the same line, so that a cell that loops can be stopped.</summary>
internal sealed class CheckpointRewriter : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Checkpoint = SyntaxFactory.ParseStatement(
        $"global::{typeof(CellCheckpoint).FullName}.{nameof(CellCheckpoint.Pass)}();"
    );

    /// <inheritdoc/>
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) =>
        base.VisitWhileStatement(node) is WhileStatementSyntax loop
            ? loop.WithStatement(Checked(loop.Statement))
            : null;

    /// <inheritdoc/>
    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) =>
        base.VisitDoStatement(node) is DoStatementSyntax loop
            ? loop.WithStatement(Checked(loop.Statement))
            : null;

    /// <inheritdoc/>
    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) =>
        base.VisitForStatement(node) is ForStatementSyntax loop
            ? loop.WithStatement(Checked(loop.Statement))
            : null;

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) =>
        base.VisitForEachStatement(node) is ForEachStatementSyntax loop
            ? loop.WithStatement(Checked(loop.Statement))
            : null;

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachVariableStatement(
        ForEachVariableStatementSyntax node
    ) =>
        base.VisitForEachVariableStatement(node) is ForEachVariableStatementSyntax loop
            ? loop.WithStatement(Checked(loop.Statement))
            : null;

    // A directive must stay the first on its line: nothing is put before one, and the brace comes before the line's end.
    private static StatementSyntax Checked(StatementSyntax body) =>
        body.GetLeadingTrivia().Any(trivia => trivia.IsDirective)
            ? body
            : SyntaxFactory
                .Block(Checkpoint, body.WithoutTrailingTrivia())
                .WithTrailingTrivia(body.GetTrailingTrivia());
}
