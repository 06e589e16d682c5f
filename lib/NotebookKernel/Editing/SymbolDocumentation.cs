using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace NotebookKernel;

/// <summary>Turns a symbol's XML documentation into a few lines of markdown.</summary>
internal static partial class SymbolDocumentation
{
    /// <summary>Summary, parameters, result and errors; empty where nothing is written.</summary>
    public static string Of(ISymbol symbol, CancellationToken cancellation)
    {
        if (Read(symbol, cancellation) is not { } member)
            return "";
        var lines = new List<string>();
        if (member.Element("summary") is { } summary)
            lines.Add(Text(summary));
        foreach (var parameter in member.Elements("param"))
            lines.Add($"`{parameter.Attribute("name")?.Value}`: {Text(parameter)}");
        if (member.Element("returns") is { } returns)
            lines.Add($"Returns: {Text(returns)}");
        foreach (var error in member.Elements("exception"))
            lines.Add($"Throws {Short(error.Attribute("cref")?.Value)}: {Text(error)}");
        return string.Join("\n\n", lines.Where(line => line.Length > 0));
    }

    private static XElement? Read(ISymbol symbol, CancellationToken cancellation)
    {
        for (var source = symbol.OriginalDefinition; source is not null; source = Inherited(source))
        {
            // An extension method that is called as a member is documented as it is declared.
            var declared = source is IMethodSymbol { ReducedFrom: { } reduced } ? reduced : source;
            var xml = declared.GetDocumentationCommentXml(cancellationToken: cancellation);
            if (string.IsNullOrWhiteSpace(xml))
                continue;
            try
            {
                var element = XElement.Parse(xml);
                if (element.Element("inheritdoc") is null)
                    return element;
            }
            catch (XmlException)
            {
                return null;
            }
        }
        return null;
    }

    private static ISymbol? Inherited(ISymbol symbol)
    {
        var overridden = symbol switch
        {
            IMethodSymbol method => method.OverriddenMethod as ISymbol,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
        return (
            overridden
            ?? symbol
                .ContainingType?.AllInterfaces.SelectMany(type => type.GetMembers(symbol.Name))
                .FirstOrDefault(member =>
                    SymbolEqualityComparer.Default.Equals(
                        symbol.ContainingType.FindImplementationForInterfaceMember(member),
                        symbol
                    )
                )
        )?.OriginalDefinition;
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        Write(element, text);
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private static void Write(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
            switch (node)
            {
                case XText words:
                    text.Append(words.Value);
                    break;
                case XElement { Name.LocalName: "c" or "code" } code:
                    text.Append('`').Append(code.Value.Trim()).Append('`');
                    break;
                case XElement inner when Reference(inner) is { } name:
                    text.Append('`').Append(name).Append('`');
                    break;
                case XElement inner:
                    text.Append(' ');
                    Write(inner, text);
                    text.Append(' ');
                    break;
            }
    }

    private static string? Reference(XElement element) =>
        element.IsEmpty
            ? element.Attribute("langword")?.Value
                ?? element.Attribute("name")?.Value
                ?? (element.Attribute("cref") is { } cref ? Short(cref.Value) : null)
            : null;

    // M:System.String.Concat(System.String,System.String) reads String.Concat here.
    private static string Short(string? cref)
    {
        if (cref is null)
            return "";
        var id = cref is [_, ':', ..] ? cref[2..] : cref;
        var name = Arity().Replace(id.Split('(')[0], "");
        var parts = name.Split('.');
        return cref.StartsWith("T:", StringComparison.Ordinal) || parts.Length < 2
            ? parts[^1]
            : $"{parts[^2]}.{parts[^1]}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
