using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Workbook;

/// <summary>Compares what a learner answered with what is expected: numbers to within a tolerance, texts but for case and spaces.</summary>
internal static class AnswerComparison
{
    /// <summary>Whether the two are the same.</summary>
    public static bool Agrees(object answer, JsonElement expected, double tolerance)
    {
        var given = Flatten(answer).ToArray();
        var wanted = Flatten(expected).ToArray();
        return given.Length == wanted.Length
            && given.Zip(wanted).All(pair => Same(pair.First, pair.Second, tolerance));
    }

    private static bool Same(object? given, object? wanted, double tolerance) =>
        (given, wanted) switch
        {
            (double a, double b) => Math.Abs(a - b) <= tolerance, // false for NaN
            (string a, string b) => Plain(a).Equals(Plain(b), StringComparison.OrdinalIgnoreCase),
            (bool a, bool b) => a == b,
            _ => false,
        };

    private static string Plain(string text) =>
        string.Concat(text.Normalize().Where(c => !char.IsWhiteSpace(c)));

    /// <summary>The numbers, texts and truth values of an answer, lists opened; null for what is none of them.</summary>
    public static IEnumerable<object?> Flatten(object? value) =>
        value switch
        {
            string or bool or null => [value],
            JsonElement { ValueKind: JsonValueKind.Array } list => list.EnumerateArray()
                .SelectMany(item => Flatten(item)),
            JsonElement { ValueKind: JsonValueKind.Number } number => [number.GetDouble()],
            JsonElement { ValueKind: JsonValueKind.String } text => [text.GetString()],
            JsonElement { ValueKind: JsonValueKind.True or JsonValueKind.False } flag =>
            [
                flag.GetBoolean(),
            ],
            IEnumerable list => list.Cast<object?>().SelectMany(Flatten),
            IConvertible number => [Number(number)],
            _ => [null],
        };

    private static double Number(IConvertible value)
    {
        try
        {
            return value.ToDouble(CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is InvalidCastException or FormatException)
        {
            return double.NaN; // a date, a character: none of the answers
        }
    }
}
