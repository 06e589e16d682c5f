using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookKernel;

/// <summary>What may stand at a place of a cell.</summary>
/// <param name="model">What the compiler makes of the cell.</param>
/// <param name="start">Where the word begins that is to be completed.</param>
/// <param name="cancellation">Gives up.</param>
internal sealed class CompletionContext(
    SemanticModel model,
    int start,
    CancellationToken cancellation
)
{
    private static readonly CellCompletion[] Keywords =
    [
        .. SyntaxFacts
            .GetKeywordKinds()
            .Concat([SyntaxKind.AsyncKeyword, SyntaxKind.AwaitKeyword, SyntaxKind.VarKeyword])
            .Concat([SyntaxKind.RecordKeyword, SyntaxKind.WithKeyword, SyntaxKind.YieldKeyword])
            .Concat([SyntaxKind.WhenKeyword, SyntaxKind.NameOfKeyword])
            .Select(SyntaxFacts.GetText)
            // __arglist and its like.
            .Where(keyword => char.IsLetter(keyword[0]))
            .Distinct()
            .Select(keyword => new CellCompletion(keyword, "keyword")),
    ];

    // What stands before the word.
    private readonly SyntaxToken before = Before(model.SyntaxTree, start);

    /// <summary>All of it, in no order.</summary>
    public IEnumerable<CellCompletion> Items()
    {
        if (before.Kind() is SyntaxKind.DotToken or SyntaxKind.ColonColonToken)
            return Qualifier() is { } qualifier ? Describe(Members(qualifier)) : [];
        if (Initialized() is { } type)
            return Describe(Settable(type));
        if (before.Parent?.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null)
            return Describe(model.LookupNamespacesAndTypes(start));
        return Describe(model.LookupSymbols(start)).Concat(Keywords).Concat(ArgumentNames());
    }

    private static SyntaxToken Before(SyntaxTree tree, int start)
    {
        var token = tree.GetRoot().FindToken(Math.Max(0, start - 1));
        while (token.Span.End > start && token.SpanStart > 0)
            token = token.GetPreviousToken();
        return token;
    }

    private ExpressionSyntax? Qualifier() =>
        before.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding
                .FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()
                ?.Expression,
            _ => null,
        };

    private IEnumerable<ISymbol> Members(ExpressionSyntax qualifier)
    {
        var info = model.GetSymbolInfo(qualifier, cancellation);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol is IAliasSymbol alias)
            symbol = alias.Target;
        // After a dot, a line that is not finished reads as the type of a declaration.
        var type =
            symbol as INamespaceOrTypeSymbol
            ?? model.GetTypeInfo(qualifier, cancellation).Type
            ?? TypeOf(symbol);
        if (type is null or IErrorTypeSymbol)
        {
            var expression = SyntaxFactory.ParseExpression(qualifier.ToString());
            const SpeculativeBindingOption option = SpeculativeBindingOption.BindAsExpression;
            symbol = model.GetSpeculativeSymbolInfo(start, expression, option).Symbol;
            type =
                symbol as INamespaceOrTypeSymbol
                ?? model.GetSpeculativeTypeInfo(start, expression, option).Type;
        }
        if (type is null)
            return [];
        var isStatic = symbol is INamespaceOrTypeSymbol;
        if (
            before.Parent is MemberBindingExpressionSyntax
            && type is INamedTypeSymbol { SpecialType: SpecialType.None } named
            && named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        )
            type = named.TypeArguments[0];
        return model
            .LookupSymbols(start, type, includeReducedExtensionMethods: !isStatic)
            .Where(member =>
                member is INamespaceOrTypeSymbol
                    ? isStatic
                    : member.IsStatic == isStatic
                        || member is IMethodSymbol { MethodKind: MethodKind.ReducedExtension }
            );
    }

    private static ITypeSymbol? TypeOf(ISymbol? symbol) =>
        symbol switch
        {
            ILocalSymbol local => local.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => null,
        };

    // new Person { Name = ..., | } and person with { | }
    private ITypeSymbol? Initialized() =>
        before.Kind() is SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken
        && before.Parent is InitializerExpressionSyntax initializer
            ? initializer.Parent switch
            {
                BaseObjectCreationExpressionSyntax or WithExpressionSyntax => model
                    .GetTypeInfo(initializer.Parent, cancellation)
                    .Type,
                _ => null,
            }
            : null;

    private IEnumerable<ISymbol> Settable(ITypeSymbol type) =>
        model
            .LookupSymbols(start, type)
            .Where(member =>
                member
                    is { IsStatic: false }
                        and (
                            IPropertySymbol { SetMethod: not null, IsIndexer: false }
                            or IFieldSymbol { IsReadOnly: false }
                        )
            );

    // Only where an argument begins.
    private IEnumerable<CellCompletion> ArgumentNames() =>
        before.Kind() is SyntaxKind.OpenParenToken or SyntaxKind.CommaToken
        && before.Parent is ArgumentListSyntax { Parent: { } call }
            ? SymbolInspection
                .Called(model, call, cancellation)
                .SelectMany(method => method.Parameters)
                .Select(parameter => new CellCompletion($"{parameter.Name}:", "param"))
            : [];

    private static IEnumerable<CellCompletion> Describe(IEnumerable<ISymbol> symbols) =>
        symbols
            .Where(symbol =>
                symbol.CanBeReferencedByName
                && !symbol.IsImplicitlyDeclared
                // The compiler's own, such as the class of a cell's variables.
                && SyntaxFacts.IsValidIdentifier(symbol.Name)
            )
            .Select(symbol => new CellCompletion(symbol.Name, Kind(symbol)));

    private static string Kind(ISymbol symbol) =>
        symbol switch
        {
            INamespaceSymbol => "module",
            INamedTypeSymbol { TypeKind: TypeKind.Enum } => "enum",
            INamedTypeSymbol { TypeKind: TypeKind.Interface } => "interface",
            ITypeSymbol or IAliasSymbol => "class",
            IMethodSymbol => "function",
            IPropertySymbol => "property",
            IParameterSymbol => "param",
            IFieldSymbol { ContainingType.IsScriptClass: true } => "instance",
            IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enum",
            IFieldSymbol => "field",
            IEventSymbol => "event",
            _ => "instance",
        };
}
