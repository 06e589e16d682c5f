using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>Checks a notebook's JSON once, at the door, and brings older files of format 4 to 4.5.</summary>
internal sealed partial class NotebookValidation(string path, JsonObject notebook)
{
    private static readonly string[] OutputTypes =
    [
        "stream",
        "display_data",
        "execute_result",
        "error",
    ];

    public IReadOnlyList<NotebookCell> Cells()
    {
        var version = notebook["nbformat"];
        if (version?.GetValueKind() != JsonValueKind.Number || version.ToJsonString() != "4")
            throw Error(
                $"nbformat: expected 4, found {version?.ToJsonString() ?? "nothing"} (open and save it in Jupyter to convert it)"
            );
        Require<JsonObject>(notebook, "metadata", "");
        var minor = notebook["nbformat_minor"];
        if (
            minor?.GetValueKind() != JsonValueKind.Number
            || !minor.AsValue().TryGetValue(out int m)
            || m < 0
        )
            throw Error("nbformat_minor: expected a whole number");
        notebook["nbformat_minor"] = Math.Max(5, m);

        var items = Require<JsonArray>(notebook, "cells", "");
        var cells = items.Select(Cell).ToArray();
        AddIds(items);
        return cells;
    }

    private NotebookCell Cell(JsonNode? node, int index)
    {
        var where = $"cell {index}";
        if (node is not JsonObject cell)
            throw Error($"{where}: expected an object");
        NotebookCellKind kind = MultilineString.Join(cell["cell_type"]) switch
        {
            "code" => NotebookCellKind.Code,
            "markdown" => NotebookCellKind.Markdown,
            "raw" => NotebookCellKind.Raw,
            var other => throw Error(
                $"{where}: cell_type: expected code, markdown or raw, found {other ?? "nothing"}"
            ),
        };
        var source =
            MultilineString.Join(cell["source"])
            ?? throw Error($"{where}: source: expected a string or a list of strings");
        cell["source"] = MultilineString.Split(source);
        cell["metadata"] ??= new JsonObject();
        Require<JsonObject>(cell, "metadata", $"{where}: ");
        if (kind == NotebookCellKind.Code)
            CheckCode(cell, where);
        return new(cell, kind);
    }

    private void CheckCode(JsonObject cell, string where)
    {
        if (!cell.ContainsKey("execution_count"))
            cell["execution_count"] = null;
        if (
            cell["execution_count"] is { } count
            && (
                count.GetValueKind() != JsonValueKind.Number
                || !count.AsValue().TryGetValue(out int _)
            )
        )
            throw Error($"{where}: execution_count: expected a whole number or null");
        cell["outputs"] ??= new JsonArray();
        var outputs = Require<JsonArray>(cell, "outputs", $"{where}: ");
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is not JsonObject output)
                throw Error($"{where}: outputs[{i}]: expected an object");
            var type = MultilineString.Join(output["output_type"]);
            if (!OutputTypes.Contains(type))
                throw Error($"{where}: outputs[{i}]: unknown output_type {type ?? "(none)"}");
            if (type is "display_data" or "execute_result")
                Normalize(Require<JsonObject>(output, "data", $"{where}: outputs[{i}]: "));
            if (type == "stream" && MultilineString.Join(output["text"]) is { } text)
                output["text"] = MultilineString.Split(text);
        }
    }

    // nbformat joins and splits on every read and write, so lists split elsewhere would not survive a save there.
    private static void Normalize(JsonObject data)
    {
        foreach (
            var mimeType in data.Select(item => item.Key).Where(MultilineString.IsSplit).ToArray()
        )
            if (MultilineString.Join(data[mimeType]) is { } text)
                data[mimeType] = MultilineString.Split(text);
    }

    private void AddIds(JsonArray cells)
    {
        var taken = new HashSet<string>();
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i]!["id"] is not { } node)
                continue;
            var id = MultilineString.Join(node);
            if (id is null || !Id().IsMatch(id))
                throw Error($"cell {i}: id: expected 1 to 64 letters, digits, - or _");
            if (!taken.Add(id))
                throw Error($"cell {i}: id: {id} is another cell's too");
        }
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i]!["id"] is not null)
                continue;
            var id = DeriveId(i, MultilineString.Join(cells[i]!["source"])!, taken);
            cells[i]!["id"] = id;
            taken.Add(id);
        }
    }

    // The same notebook gets the same ids, every time.
    private static string DeriveId(int index, string source, HashSet<string> taken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{index} {attempt} {source}"));
            var id = Convert.ToHexStringLower(hash)[..8];
            if (!taken.Contains(id))
                return id;
        }
    }

    private T Require<T>(JsonObject parent, string key, string where)
        where T : JsonNode =>
        parent[key] as T
        ?? throw Error(
            $"{where}{key}: expected {(typeof(T) == typeof(JsonArray) ? "an array" : "an object")}, found {(parent[key] is null ? "nothing" : "something else")}"
        );

    private NotebookFormatException Error(string problem) => new(path, problem);

    [GeneratedRegex("^[a-zA-Z0-9-_]{1,64}$")]
    private static partial Regex Id();
}
