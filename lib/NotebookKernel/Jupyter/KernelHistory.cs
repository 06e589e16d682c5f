using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>The cells that ran, for front ends in which one can go back to them; this session's only.</summary>
internal sealed class KernelHistory
{
    private readonly List<(int Number, string Code)> cells = [];

    /// <summary>Adds a cell.</summary>
    public void Add(int number, string code) => cells.Add((number, code));

    /// <summary>Answers a history_request.</summary>
    public JsonObject Answer(JsonElement content)
    {
        var withOutput = content.Flag("output", false);
        return new()
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([
                .. Select(content).Select(cell => Entry(cell.Number, cell.Code, withOutput)),
            ]),
        };
    }

    private IEnumerable<(int Number, string Code)> Select(JsonElement content)
    {
        var count = Math.Max(content.Number("n") ?? cells.Count, 0);
        switch (content.Text("hist_access_type"))
        {
            case "range":
                // 0 is the current session; of others nothing is known.
                var start = content.Number("start") ?? 1;
                var stop = content.Number("stop") ?? int.MaxValue;
                return content.Number("session") is null or 0
                    ? cells.Where(cell => cell.Number >= start && cell.Number < stop)
                    : [];
            case "search":
                var pattern = Glob(content.Text("pattern"));
                var found = cells.Where(cell => pattern.IsMatch(cell.Code));
                if (content.Flag("unique", false))
                    found = found.Reverse().DistinctBy(cell => cell.Code).Reverse();
                return found.TakeLast(count);
            default:
                return cells.TakeLast(count);
        }
    }

    // * is anything and ? one character; no pattern is all.
    private static Regex Glob(string pattern)
    {
        var escaped = Regex
            .Escape(pattern.Length == 0 ? "*" : pattern)
            .Replace("\\*", ".*", StringComparison.Ordinal)
            .Replace("\\?", ".", StringComparison.Ordinal);
        return new(
            $"^{escaped}$",
            RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
        );
    }

    private static JsonArray Entry(int number, string code, bool withOutput) =>
        new JsonArray(0, number, withOutput ? new JsonArray(code, null) : JsonValue.Create(code));
}
