using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Workbook;

/// <summary>Predict, then run: a guess that is written down first, and what came of it.</summary>
/// <example>
/// <code>
/// var guess = Prediction.Of("the sleep sentences", 0.6);  // before
/// guess.Compare(0.567)                                     // after
/// </code>
/// </example>
[TypeFormatterSource(
    typeof(HtmlOutputFormatterSource),
    PreferredMimeTypes = [HtmlOutputFormatterSource.Html, HtmlOutputFormatterSource.PlainText]
)]
public sealed class Prediction : IHtmlOutput
{
    private static readonly ConcurrentDictionary<string, bool> Tally = new();

    private readonly string about;
    private readonly double? number;
    private readonly string[]? ranking;
    private string? told;

    private Prediction(string about, double? number, string[]? ranking) =>
        (this.about, this.number, this.ranking) = (about, number, ranking);

    /// <summary>Writes a number down; null while there is no guess.</summary>
    public static Prediction Of(string about, double? number) => new(about, number, null);

    /// <summary>Writes an order down, the first first; empty while there is no guess.</summary>
    public static Prediction OfOrder(string about, params string[] ranking) =>
        new(about, null, ranking is { Length: > 0 } ? ranking : null);

    /// <summary>How many of the guesses made so far were good.</summary>
    public static (int Good, int All) Score => (Tally.Values.Count(good => good), Tally.Count);

    /// <summary>Compares the guess with what came out: good where it is at most 0.1 away.</summary>
    /// <param name="actual">What came out.</param>
    /// <param name="tolerance">How far away is still good.</param>
    public Prediction Compare(double actual, double tolerance = 0.1) =>
        Told(
            number is null ? null : Math.Abs(number.Value - actual) <= tolerance,
            number?.ToString("0.00", CultureInfo.InvariantCulture),
            actual.ToString("0.00", CultureInfo.InvariantCulture)
        );

    /// <summary>Compares the guessed order with the real one.</summary>
    /// <param name="actual">What came out, the first first.</param>
    public Prediction CompareOrder(params string[] actual) =>
        Told(
            ranking?.SequenceEqual(actual, StringComparer.OrdinalIgnoreCase),
            ranking is null ? null : string.Join(" > ", ranking),
            string.Join(" > ", actual)
        );

    /// <summary>The guess, what came out, and the tally so far.</summary>
    public override string ToString() =>
        told
        ?? (
            Lesson.IsKorean
                ? $"{about}: 예측을 적어 두었습니다."
                : $"{about}: your guess is written down."
        );

    /// <summary>The same in HTML.</summary>
    public string ToHtml() =>
        $"""<div style="border-left:4px solid #3b82f6;padding:0.3em 0.8em;margin:0">{WebUtility.HtmlEncode(ToString())}</div>""";

    private Prediction Told(bool? good, string? guess, string actual)
    {
        if (good is not { } isGood)
        {
            told = Lesson.IsKorean
                ? $"{about}: 결과는 {actual}. 예측이 없었습니다. 다음에는 먼저 적어 보세요."
                : $"{about}: {actual}. There was no guess; next time write one down first.";
            return this;
        }
        Tally[about] = isGood;
        var (right, all) = Score;
        var sign = isGood ? "✓" : "✗";
        told = Lesson.IsKorean
            ? $"{sign} {about}: 예측 {guess}, 결과 {actual}. 지금까지 {all}번 가운데 {right}번 맞음."
            : $"{sign} {about}: guessed {guess}, came out {actual}. So far {right} of {all} good.";
        return this;
    }

    /// <summary>Forgets all guesses.</summary>
    internal static void Forget() => Tally.Clear();
}
