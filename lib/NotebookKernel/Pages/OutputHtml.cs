using System.Net;
using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>Writes one output as HTML, in the richest representation that needs no script of a front end.</summary>
internal static partial class OutputHtml
{
    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif"];

    public static void Write(NotebookOutput output, ProseHtml prose, TextWriter writer)
    {
        switch (output.OutputType)
        {
            case "stream":
                WriteText(output.StreamName == "stderr" ? "stderr" : "stdout", output.Text, writer);
                break;
            case "error":
                var trace =
                    output.Traceback.Count > 0
                        ? string.Join('\n', output.Traceback)
                        : $"{output.ErrorName}: {output.ErrorMessage}";
                WriteText("error", Colours().Replace(trace, ""), writer);
                break;
            default:
                WriteData(output.Data, prose, writer);
                break;
        }
    }

    private static void WriteData(
        IReadOnlyDictionary<string, string> data,
        ProseHtml prose,
        TextWriter writer
    )
    {
        var picture = Pictures.FirstOrDefault(data.ContainsKey);
        if (data.TryGetValue("text/html", out var html))
            writer.Write($"<div class=\"rich\">{html}</div>\n");
        else if (data.TryGetValue("image/svg+xml", out var svg))
            writer.Write($"<div class=\"rich\">{svg}</div>\n");
        else if (picture is not null)
            writer.Write(
                $"<img alt=\"\" src=\"data:{picture};base64,{WebUtility.HtmlEncode(data[picture].ReplaceLineEndings(""))}\">\n"
            );
        else if (data.TryGetValue("text/markdown", out var markdown))
            writer.Write($"<div class=\"prose\">{prose.Render(markdown, null)}</div>\n");
        else if (data.TryGetValue("text/plain", out var plain))
            WriteText("value", plain, writer);
    }

    private static void WriteText(string kind, string? text, TextWriter writer) =>
        writer.Write(
            $"<pre class=\"{kind}\" tabindex=\"0\">{WebUtility.HtmlEncode(text?.TrimEnd('\n'))}</pre>\n"
        );

    // Python kernels colour their traces for terminals.
    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colours();
}
