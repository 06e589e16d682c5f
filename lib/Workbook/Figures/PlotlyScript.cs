namespace Workbook;

/// <summary>The plotly.js that lies beside this assembly: what makes figures interactive without the network.</summary>
public static class PlotlyScript
{
    /// <summary>The text of <c>plotly.min.js</c>, ready to stand in one script element of a page; null where the file is absent.</summary>
    public static string? TryRead() =>
        TryRead(Path.GetDirectoryName(typeof(PlotlyScript).Assembly.Location));

    internal static string? TryRead(string? folder)
    {
        // An assembly loaded from memory has no folder.
        if (string.IsNullOrEmpty(folder))
            return null;
        var path = Path.Combine(folder, "plotly.min.js");
        if (!File.Exists(path))
            return null;
        // In a script, "<\/script" is the same string and does not end the element.
        return File.ReadAllText(path)
            .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);
    }
}
