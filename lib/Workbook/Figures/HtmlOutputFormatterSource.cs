namespace Workbook;

/// <summary>The formatters of every <see cref="IHtmlOutput"/>, in the shape that notebook hosts look for by name.</summary>
internal sealed class HtmlOutputFormatterSource
{
    public const string Html = "text/html";
    public const string PlainText = "text/plain";

#pragma warning disable CA1822 // Hosts call this on an instance.
    /// <summary>One formatter for each MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [
            new HtmlOutputFormatter(Html, output => output.ToHtml()),
            new HtmlOutputFormatter(PlainText, output => output.ToString()),
        ];
#pragma warning restore CA1822
}

/// <summary>Writes an <see cref="IHtmlOutput"/> as one MIME type.</summary>
internal sealed class HtmlOutputFormatter(string mimeType, Func<IHtmlOutput, string?> render)
{
    /// <summary>The MIME type of what is written.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the value; true says that no other formatter is needed.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        writer.Write(render((IHtmlOutput)instance));
        return true;
    }
}
