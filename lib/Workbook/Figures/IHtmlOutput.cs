namespace Workbook;

/// <summary>A value that shows itself as HTML in a notebook; its plain text is <see cref="object.ToString"/>.</summary>
internal interface IHtmlOutput
{
    /// <summary>A fragment of HTML that needs nothing else on the page.</summary>
    string ToHtml();
}
