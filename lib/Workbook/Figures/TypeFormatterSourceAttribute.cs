namespace Workbook;

/// <summary>Tells a notebook host how to show a type; hosts know this attribute by its name alone, so that neither side references the other.</summary>
/// <param name="formatterSourceType">A type with a public parameterless constructor and a <c>CreateTypeFormatters()</c>.</param>
/// <remarks>
/// The convention is that of .NET Interactive. <c>AllowMultiple</c> stays false: with true, a derived type's
/// attribute would lose to its base's.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct,
    AllowMultiple = false,
    Inherited = true
)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to send; each needs a formatter, or .NET Interactive's process dies of a stack overflow.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
