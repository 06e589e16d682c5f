using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookKernel;

/// <summary>Says what a name in a cell means, and what a call wants.</summary>
internal sealed class SymbolInspection(SemanticModel model, CancellationToken cancellation)
{
    // A method may have fifty overloads; who reads them all?
    private const int ShownSignatures = 12;

    private static readonly SymbolDisplayFormat Signature = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeRef,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.InstanceMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        localOptions: SymbolDisplayLocalOptions.IncludeType
            | SymbolDisplayLocalOptions.IncludeConstantValue,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword
            | SymbolDisplayKindOptions.IncludeNamespaceKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
    );

    /// <summary>What stands at a place, or the call around it; null where nothing is known.</summary>
    public MimeBundle? At(int position)
    {
        var root = model.SyntaxTree.GetRoot(cancellation);
        return Named(root, position) is { Length: > 0 } symbols ? Describe(symbols)
            : CallAround(root, position) is { } call
                ? Describe([.. Called(model, call, cancellation)])
            : null;
    }

    /// <summary>The methods that a call may mean, the one that it means now first.</summary>
    public static IEnumerable<IMethodSymbol> Called(
        SemanticModel model,
        SyntaxNode call,
        CancellationToken cancellation
    )
    {
        var bound = model.GetSymbolInfo(call, cancellation);
        var methods = new List<ISymbol?> { bound.Symbol };
        methods.AddRange(bound.CandidateSymbols);
        if (call is InvocationExpressionSyntax invocation)
            methods.AddRange(model.GetMemberGroup(invocation.Expression, cancellation));
        else if (
            model.GetTypeInfo(call, cancellation).Type is INamedTypeSymbol
            {
                TypeKind: not TypeKind.Error
            } type
        )
            methods.AddRange(
                type.InstanceConstructors.Where(constructor =>
                    constructor.DeclaredAccessibility == Accessibility.Public
                )
            );
        return methods
            .OfType<IMethodSymbol>()
            .DistinctBy(method => method.ToDisplayString(Signature));
    }

    private ISymbol[] Named(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        if (!IsName(token) && position > 0)
            token = root.FindToken(position - 1);
        if (!IsName(token) || position < token.SpanStart || position > token.Span.End)
            return [];
        var node = token.Parent!;
        var info = model.GetSymbolInfo(node, cancellation);
        if ((info.Symbol ?? model.GetDeclaredSymbol(node, cancellation)) is { } symbol)
            return [symbol, .. Others(node, symbol)];
        return info.CandidateSymbols is [_, ..] candidates ? [.. candidates]
            : model.GetMemberGroup(node, cancellation) is [_, ..] group ? [.. group]
            : [];
    }

    private IEnumerable<ISymbol> Others(SyntaxNode node, ISymbol symbol) =>
        model
            .GetMemberGroup(node, cancellation)
            .Where(other => !SymbolEqualityComparer.Default.Equals(other, symbol));

    private static bool IsName(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken)
        || token.Parent is PredefinedTypeSyntax
        || token.Parent is ThisExpressionSyntax;

    private static SyntaxNode? CallAround(SyntaxNode root, int position)
    {
        var node = root.FindToken(Math.Max(0, position - 1)).Parent;
        for (; node is not null; node = node.Parent)
            if (
                node is ArgumentListSyntax list
                && position > list.OpenParenToken.SpanStart
                && (list.CloseParenToken.IsMissing || position < list.CloseParenToken.Span.End)
            )
                return list.Parent;
        return null;
    }

    private MimeBundle? Describe(ISymbol[] symbols)
    {
        if (symbols.Length == 0)
            return null;
        var signatures = symbols
            .Take(ShownSignatures)
            .Select(symbol => symbol.ToDisplayString(Signature))
            .ToList();
        if (symbols.Length > ShownSignatures)
            signatures.Add($"// and {symbols.Length - ShownSignatures} more");
        var documentation = SymbolDocumentation.Of(symbols[0], cancellation);
        var code = string.Join('\n', signatures);
        return new()
        {
            ["text/plain"] = Join(code, documentation.Replace("`", "", StringComparison.Ordinal)),
            ["text/markdown"] = Join($"```csharp\n{code}\n```", documentation),
        };
    }

    private static string Join(string code, string documentation) =>
        documentation.Length == 0 ? code : $"{code}\n\n{documentation}";
}
