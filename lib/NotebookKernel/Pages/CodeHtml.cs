using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookKernel;

/// <summary>Colours C# for a page: keywords, strings, numbers, comments and directives, by the compiler's own tokens.</summary>
internal static class CodeHtml
{
    private static readonly CSharpParseOptions Script = new(kind: SourceCodeKind.Script);

    /// <summary>Escapes the code and wraps what has a colour in spans.</summary>
    public static string Highlight(string code)
    {
        var html = new StringBuilder();
        foreach (
            var token in SyntaxFactory.ParseSyntaxTree(code, Script).GetRoot().DescendantTokens()
        )
        {
            foreach (var trivia in token.LeadingTrivia)
                Append(html, Class(trivia), trivia.ToFullString());
            Append(html, Class(token), token.Text);
            foreach (var trivia in token.TrailingTrivia)
                Append(html, Class(trivia), trivia.ToFullString());
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, string? kind, string text)
    {
        var escaped = WebUtility.HtmlEncode(text);
        if (kind is null || text.Length == 0)
            html.Append(escaped);
        else
            html.Append("<span class=\"")
                .Append(kind)
                .Append("\">")
                .Append(escaped)
                .Append("</span>");
    }

    private static string? Class(SyntaxToken token) =>
        token.Kind() switch
        {
            SyntaxKind.NumericLiteralToken => "number",
            SyntaxKind.StringLiteralToken
            or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken
            or SyntaxKind.Utf8MultiLineRawStringLiteralToken
            or SyntaxKind.CharacterLiteralToken
            or SyntaxKind.InterpolatedStringStartToken
            or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedRawStringEndToken => "string",
            SyntaxKind.IdentifierToken when token.Parent is IdentifierNameSyntax { IsVar: true } =>
                "keyword",
            _ => token.IsKeyword() || token.IsContextualKeyword() ? "keyword" : null,
        };

    private static string? Class(SyntaxTrivia trivia) =>
        trivia.IsDirective ? "directive"
        : trivia.Kind()
            is SyntaxKind.SingleLineCommentTrivia
                or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia
                or SyntaxKind.MultiLineDocumentationCommentTrivia
                or SyntaxKind.DisabledTextTrivia
            ? "comment"
        : null;
}
