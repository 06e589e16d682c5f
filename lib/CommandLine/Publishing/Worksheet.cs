using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NotebookKernel;

namespace Workbook.CommandLine;

/// <summary>A lesson's exercises on paper: the questions with room to write, and on a page of its own the key.</summary>
internal static partial class Worksheet
{
    /// <summary>The worksheet of a master, as one HTML page made to be printed.</summary>
    /// <param name="master">The lesson with its solutions.</param>
    /// <param name="exercises">Of all lessons.</param>
    /// <param name="language">"en" or "ko".</param>
    /// <exception cref="NotebookFormatException">It checks an exercise that there is not, or one without a question before it.</exception>
    public static string Of(
        NotebookDocument master,
        IReadOnlyList<Exercise> exercises,
        string language
    )
    {
        var words = WorksheetWords.Of(language);
        var folder = Path.GetDirectoryName(Path.GetFullPath(master.Path))!;
        var prose = new ProseHtml(folder, folder, linkTo: _ => null);
        var title = NotebookOutline.Of(master)[0].Heading;
        var (questions, key) = (new StringBuilder(), new StringBuilder());
        foreach (var (number, (id, question, cell)) in Questions(master).Index())
        {
            var exercise =
                exercises.FirstOrDefault(one => one.Id == id)
                ?? throw new NotebookFormatException(
                    master.Path,
                    $"cell {cell.Id} checks exercise '{id}', which exercises.json does not have"
                );
            questions.Append(
                CultureInfo.InvariantCulture,
                $"<section class=\"question\">\n{prose.Render(Heading().Replace(question, ""), null)}<div class=\"room\"></div>\n</section>\n"
            );
            key.Append(Key(number + 1, exercise, LearnersEdition.Solution(cell), words));
        }
        return $"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html(title)} · {Html(words.Worksheet)}</title>
            <style>
            {Style}</style>
            </head>
            <body>
            <header><h1>{Html(title)}</h1><p class="who"><span>{Html(words.Name)}</span><span>{Html(
                words.Date
            )}</span></p></header>
            {questions}<section class="key">
            <h2>{Html(words.Key)}: {Html(title)}</h2>
            {key}</section>
            </body>
            </html>

            """;
    }

    private static IEnumerable<(string Id, string Question, NotebookCell Cell)> Questions(
        NotebookDocument master
    )
    {
        var question = "";
        foreach (var cell in master.Cells)
            if (cell.Kind == NotebookCellKind.Markdown)
                question = cell.Source;
            else if (
                LearnersEdition.HasSolution(cell)
                && Check().Match(cell.Source) is { Success: true } check
            )
                yield return (check.Groups[1].Value, question, cell);
    }

    private static string Key(int number, Exercise exercise, string solution, WorksheetWords words)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<section><p><b>{number}.</b> {Html(Shown(exercise.Answer))}</p>\n<pre>{Html(solution)}</pre>\n"
        );
        if (exercise.Because is { } because)
            text.Append(CultureInfo.InvariantCulture, $"<p>{Html(words.In(because))}</p>\n");
        if (exercise.Mistakes.Count > 0)
        {
            text.Append("<ul>\n");
            foreach (var mistake in exercise.Mistakes)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"<li><b>{Html(Shown(mistake.Answer))}</b>: {Html(words.In(mistake.Told))}</li>\n"
                );
            text.Append("</ul>\n");
        }
        return text.Append("</section>\n").ToString();
    }

    private static string Shown(JsonElement answer) =>
        answer.ValueKind switch
        {
            JsonValueKind.Array => string.Join(", ", answer.EnumerateArray().Select(Shown)),
            JsonValueKind.String => answer.GetString()!,
            _ => answer.GetRawText(),
        };

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    // Black on white and nothing loaded: it is for paper.
    private const string Style = """
        body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #000; background: #fff; font: 11pt/1.5 system-ui, "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", sans-serif; }
        :lang(ko) { word-break: keep-all; }
        h1 { font-size: 1.5em; margin: 0; }
        h2 { font-size: 1.25em; }
        header { border-bottom: 1px solid #000; padding-bottom: 0.5rem; margin-bottom: 1rem; }
        .who { display: flex; gap: 2rem; margin: 0.8rem 0 0; }
        .who span { flex: 1; border-bottom: 1px solid #888; color: #444; font-size: 0.85em; }
        .question, .key section { break-inside: avoid; margin: 1rem 0; }
        .room { height: 7.5rem; background: repeating-linear-gradient(#fff 0 calc(1.5rem - 1px), #bbb calc(1.5rem - 1px) 1.5rem); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .key { break-before: page; margin-top: 4rem; }
        pre { margin: 0.3rem 0; padding: 0.4rem 0.6rem; border-left: 3px solid #888; font: 9.5pt/1.45 ui-monospace, Consolas, "Noto Sans Mono CJK KR", monospace; white-space: pre-wrap; }
        table { border-collapse: collapse; }
        th, td { border: 1px solid #888; padding: 0.2em 0.6em; text-align: start; }
        @page { margin: 18mm; }
        @media print { body { margin: 0; padding: 0; } }

        """;

    [GeneratedRegex(@"\bCheck\(""([^""]+)""")]
    private static partial Regex Check();

    // The part's heading, which the paper does not need.
    [GeneratedRegex(@"^#+ .*\n+")]
    private static partial Regex Heading();
}
