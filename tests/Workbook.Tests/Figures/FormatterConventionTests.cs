using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace Workbook.Tests;

/// <summary>The convention as the real .NET Interactive reads it.</summary>
public sealed class FormatterConventionTests
{
    [Fact]
    public void A_heatmap_is_shown_as_HTML_and_as_plain_text()
    {
        Assert.Equal(
            ["text/html", "text/plain"],
            Formatter.GetPreferredMimeTypesFor(typeof(Heatmap))
        );
        Assert.Equal(Lecture.Heatmap.ToHtml(), Lecture.Heatmap.ToDisplayString("text/html"));
        Assert.Equal(Lecture.Heatmap.ToString(), Lecture.Heatmap.ToDisplayString("text/plain"));
    }

    [Fact]
    public void A_matrix_table_is_shown_as_HTML_and_as_plain_text()
    {
        var table = new MatrixTable(Lecture.Cosines, Lecture.Sentences);
        Assert.Equal(table.ToHtml(), table.ToDisplayString("text/html"));
        Assert.Equal(table.ToString(), table.ToDisplayString("text/plain"));
    }

    [Fact]
    public void Figures_in_a_list_are_shown_too() =>
        Assert.Contains(
            Lecture.Heatmap.ToSvg(),
            new[] { Lecture.Heatmap }.ToDisplayString("text/html")
        );

    [Fact]
    public void Every_figure_inherits_the_attribute() =>
        Assert.Contains(typeof(Heatmap), ShownTypes());

    /// <summary>A preferred MIME type without a formatter ends .NET Interactive's process with a stack overflow.</summary>
    [Fact]
    public void Every_preferred_MIME_type_of_every_public_type_has_one_formatter()
    {
        foreach (var type in ShownTypes())
        {
            var attribute = type.GetCustomAttribute<TypeFormatterSourceAttribute>()!;
            var source = Activator.CreateInstance(attribute.FormatterSourceType)!;
            var formatters =
                (IEnumerable<object>)
                    attribute
                        .FormatterSourceType.GetMethod("CreateTypeFormatters")!
                        .Invoke(source, null)!;
            var offered = formatters.Select(formatter =>
                (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!
            );
            Assert.NotEmpty(attribute.PreferredMimeTypes);
            Assert.Equal(attribute.PreferredMimeTypes.Order(), offered.Order());
            // Hosts would send these as text where their front ends expect JSON.
            Assert.DoesNotContain(
                attribute.PreferredMimeTypes,
                mime => mime.EndsWith("+json", StringComparison.Ordinal)
            );
            Assert.Equal(attribute.PreferredMimeTypes, Formatter.GetPreferredMimeTypesFor(type));
        }
    }

    /// <summary>The base's attribute would win over a derived type's if several were allowed.</summary>
    [Fact]
    public void The_attribute_is_inherited_and_single()
    {
        var usage =
            typeof(TypeFormatterSourceAttribute).GetCustomAttribute<AttributeUsageAttribute>()!;
        Assert.True(usage.Inherited);
        Assert.False(usage.AllowMultiple);
    }

    private static IEnumerable<Type> ShownTypes() =>
        typeof(Figure)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsDefined(typeof(TypeFormatterSourceAttribute), inherit: true));
}
