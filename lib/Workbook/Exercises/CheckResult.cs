using System.Net;

namespace Workbook;

/// <summary>What <see cref="Exercises.Check(string, object?)"/> has to say of an answer.</summary>
[TypeFormatterSource(
    typeof(HtmlOutputFormatterSource),
    PreferredMimeTypes = [HtmlOutputFormatterSource.Html, HtmlOutputFormatterSource.PlainText]
)]
public sealed class CheckResult : IHtmlOutput
{
    internal CheckResult(string id, CheckOutcome outcome, string message) =>
        (Id, Outcome, Message) = (id, outcome, message);

    /// <summary>The exercise.</summary>
    public string Id { get; }

    /// <summary>What the answer was.</summary>
    public CheckOutcome Outcome { get; }

    /// <summary>In the lesson's language: praise, what went wrong, or a hint.</summary>
    public string Message { get; }

    /// <summary>A line with a coloured edge.</summary>
    public string ToHtml() =>
        $"""<div style="border-left:4px solid {Color};padding:0.3em 0.8em;margin:0"><b>{Sign} {WebUtility.HtmlEncode(Id)}</b> {WebUtility.HtmlEncode(Message)}</div>""";

    /// <summary>The same in plain text.</summary>
    public override string ToString() => $"{Sign} {Id} {Message}";

    private string Sign =>
        Outcome switch
        {
            CheckOutcome.Right => "✓",
            CheckOutcome.Unanswered => "?",
            _ => "✗",
        };

    private string Color =>
        Outcome switch
        {
            CheckOutcome.Right => "#16a34a",
            CheckOutcome.Unanswered => "#8888",
            _ => "#f59e0b",
        };
}
