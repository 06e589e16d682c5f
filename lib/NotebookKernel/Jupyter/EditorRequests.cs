using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>Answers what an editor asks about a cell while it is written.</summary>
internal sealed class EditorRequests(CellEngine engine)
{
    /// <summary>Answers a complete_request.</summary>
    public async Task<JsonObject> CompleteAsync(JsonElement content)
    {
        var (code, position) = Place(content);
        var found = await engine
            .CompleteAsync(code, position, CancellationToken.None)
            .ConfigureAwait(false);
        var start = CodePoints.FromUtf16(code, found.Start);
        var end = CodePoints.FromUtf16(code, found.End);
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([
                .. found.Items.Select(item => JsonValue.Create(item.Text)),
            ]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                // Not in the protocol, but VS Code and JupyterLab take their icons from it.
                ["_jupyter_types_experimental"] = new JsonArray([
                    .. found.Items.Select(item => new JsonObject
                    {
                        ["start"] = start,
                        ["end"] = end,
                        ["text"] = item.Text,
                        ["type"] = item.Kind,
                    }),
                ]),
            },
        };
    }

    /// <summary>Answers an inspect_request.</summary>
    public async Task<JsonObject> InspectAsync(JsonElement content)
    {
        var (code, position) = Place(content);
        var found = await engine
            .InspectAsync(code, position, CancellationToken.None)
            .ConfigureAwait(false);
        return new()
        {
            ["status"] = "ok",
            ["found"] = found is not null,
            ["data"] = found?.ToJson() ?? [],
            ["metadata"] = new JsonObject(),
        };
    }

    /// <summary>Answers an is_complete_request.</summary>
    public JsonObject IsComplete(JsonElement content)
    {
        var completeness = engine.IsComplete(content.Text("code"));
        var answer = new JsonObject
        {
            ["status"] = completeness.Status switch
            {
                CellCompletenessStatus.Complete => "complete",
                CellCompletenessStatus.Incomplete => "incomplete",
                CellCompletenessStatus.Invalid => "invalid",
                _ => "unknown",
            },
        };
        if (completeness.Status == CellCompletenessStatus.Incomplete)
            answer["indent"] = completeness.Indent;
        return answer;
    }

    private static (string Code, int Position) Place(JsonElement content)
    {
        var code = content.Text("code");
        return (code, CodePoints.ToUtf16(code, content.Number("cursor_pos") ?? int.MaxValue));
    }
}
