using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NotebookKernel;

/// <summary>Puts checkpoints into all that may run for ever, so that it can be stopped: loops, functions, lambdas, gotos.</summary>
/// <remarks>
/// Every line keeps its place. A lambda counts because an endless sequence's loop is a library's, and only what that calls
/// is the cell's.
/// </remarks>
/// <param name="model">Tells what a lambda of one expression returns; without it those stay as they are.</param>
internal sealed class CheckpointRewriter(Func<SemanticModel>? model) : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Checkpoint = Call(nameof(CellCheckpoint.Pass));
    private static readonly StatementSyntax Entry = Call(nameof(CellCheckpoint.Enter));

    private readonly Lazy<SemanticModel>? model = model is null ? null : new(model);

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

    /// <inheritdoc/>
    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) =>
        node.Kind() == SyntaxKind.GotoStatement ? Checked(node) : node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var method = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (method.Body is { } body)
            return method.WithBody(Entered(body));
        var isAsync = method.Modifiers.Any(SyntaxKind.AsyncKeyword);
        return
            method.ExpressionBody is { } value
            && Entered(value, ReturnsValue(method.ReturnType, isAsync)) is { } block
            ? method
                .WithExpressionBody(null)
                .WithSemicolonToken(default)
                .WithBody(block.WithTrailingTrivia(After(value, method.SemicolonToken)))
            : method;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var function = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (function.Body is { } body)
            return function.WithBody(Entered(body));
        var isAsync = function.Modifiers.Any(SyntaxKind.AsyncKeyword);
        return
            function.ExpressionBody is { } value
            && Entered(value, ReturnsValue(function.ReturnType, isAsync)) is { } block
            ? function
                .WithExpressionBody(null)
                .WithSemicolonToken(default)
                .WithBody(block.WithTrailingTrivia(After(value, function.SemicolonToken)))
            : function;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitAnonymousMethodExpression(
        AnonymousMethodExpressionSyntax node
    ) =>
        base.VisitAnonymousMethodExpression(node) is AnonymousMethodExpressionSyntax method
            ? method.WithBlock(Entered(method.Block))
            : null;

    /// <inheritdoc/>
    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) =>
        Entered(node, (LambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitParenthesizedLambdaExpression(
        ParenthesizedLambdaExpressionSyntax node
    ) => Entered(node, (LambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!);

    private LambdaExpressionSyntax Entered(
        LambdaExpressionSyntax written,
        LambdaExpressionSyntax visited
    )
    {
        if (visited.Body is BlockSyntax body)
            return visited.WithBody(Entered(body));
        if (visited.ExpressionBody is not { } value || ReturnsValue(written) is not { } returns)
            return visited;
        return Entered(value, returns) is { } block ? visited.WithBody(block) : visited;
    }

    // An expression tree must stay an expression: null.
    private bool? ReturnsValue(LambdaExpressionSyntax lambda)
    {
        if (
            model?.Value.GetTypeInfo(lambda).ConvertedType is not INamedTypeSymbol type
            || type.DelegateInvokeMethod is not { RefKind: RefKind.None } invoke
            || InExpressionTree(lambda)
        )
            return null;
        return !invoke.ReturnsVoid
            && (
                lambda.AsyncKeyword == default || invoke.ReturnType is INamedTypeSymbol { Arity: 1 }
            );
    }

    private bool InExpressionTree(SyntaxNode node) =>
        node.Ancestors()
            .OfType<LambdaExpressionSyntax>()
            .Any(outer =>
                model!.Value.GetTypeInfo(outer).ConvertedType
                    is not INamedTypeSymbol { DelegateInvokeMethod: not null }
            );

    // An async method's void is a Task that is not generic, whatever its name.
    private static bool? ReturnsValue(TypeSyntax type, bool isAsync) =>
        type switch
        {
            RefTypeSyntax => null,
            PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } => false,
            QualifiedNameSyntax { Right: { } name } => ReturnsValue(name, isAsync),
            _ => !isAsync || type is GenericNameSyntax,
        };

    private static BlockSyntax? Entered(ArrowExpressionClauseSyntax body, bool? returnsValue) =>
        returnsValue is { } returns
            ? Entered(body.Expression, returns)
                ?.WithLeadingTrivia(
                    body.ArrowToken.TrailingTrivia.AddRange(body.Expression.GetLeadingTrivia())
                )
            : null;

    /// <summary>{ checkpoint; return value; } on the value's first line, so that a trace tells that one.</summary>
    private static BlockSyntax? Entered(ExpressionSyntax value, bool returnsValue)
    {
        if (value is RefExpressionSyntax)
            return null;
        var bare = value.WithoutTrivia();
        StatementSyntax statement = bare switch
        {
            ThrowExpressionSyntax thrown => ThrowStatement(thrown.Expression)
                .WithThrowKeyword(thrown.ThrowKeyword),
            _ when returnsValue => ReturnStatement(bare)
                .WithReturnKeyword(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space)),
            _ => ExpressionStatement(bare),
        };
        return Block(Entry, statement)
            .WithLeadingTrivia(value.GetLeadingTrivia())
            .WithTrailingTrivia(value.GetTrailingTrivia());
    }

    private static SyntaxTriviaList After(
        ArrowExpressionClauseSyntax body,
        SyntaxToken semicolon
    ) =>
        body
            .Expression.GetTrailingTrivia()
            .AddRange(semicolon.LeadingTrivia)
            .AddRange(semicolon.TrailingTrivia);

    // Before the line's end, for a directive must stay the first on its own line.
    private static BlockSyntax Entered(BlockSyntax body) =>
        body.OpenBraceToken.IsMissing
            ? body
            : body.WithOpenBraceToken(body.OpenBraceToken.WithTrailingTrivia())
                .WithStatements(
                    body.Statements.Insert(
                        0,
                        Entry.WithTrailingTrivia(body.OpenBraceToken.TrailingTrivia)
                    )
                );

    // A directive must stay the first on its line: nothing is put before one, and the brace comes before the line's end.
    private static StatementSyntax Checked(StatementSyntax body) =>
        body.GetLeadingTrivia().Any(trivia => trivia.IsDirective)
            ? body
            : Block(Checkpoint, body.WithoutTrailingTrivia())
                .WithTrailingTrivia(body.GetTrailingTrivia());

    private static StatementSyntax Call(string checkpoint) =>
        ParseStatement($"global::{typeof(CellCheckpoint).FullName}.{checkpoint}();");
}
