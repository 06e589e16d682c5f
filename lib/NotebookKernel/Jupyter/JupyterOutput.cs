using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>Shows a cell's outputs in the front ends, and asks the one that runs it for input.</summary>
/// <param name="iopub">Where outputs go.</param>
/// <param name="stdin">Where input comes from.</param>
/// <param name="requester">The connection of the front end that runs the cell.</param>
/// <param name="request">The request that runs it: outputs belong to it, also those that come after its end.</param>
internal sealed class JupyterOutput(
    IopubChannel iopub,
    StdinChannel stdin,
    ZmtpConnection requester,
    JupyterRequest request
) : IOutputSink, IInputSource
{
    private readonly bool silent = request.Content.Flag("silent", false);
    private readonly bool mayAsk = request.Content.Flag("allow_stdin", false);

    public void Stream(string name, string text)
    {
        if (!silent)
            iopub.PublishText(name, text, request);
    }

    public void Display(MimeBundle data, string displayId) =>
        Publish("display_data", data, displayId);

    public void UpdateDisplay(MimeBundle data, string displayId) =>
        Publish("update_display_data", data, displayId);

    public string? ReadLine(CancellationToken cancellation)
    {
        if (!mayAsk)
            throw new InvalidOperationException("This front end cannot be asked for input.");
        // What the cell asks is mostly what it wrote last.
        iopub.Flush();
        return stdin.Ask(requester.Identity, request, cancellation);
    }

    private void Publish(string type, MimeBundle data, string displayId)
    {
        if (!silent)
            iopub.PublishOutput(
                type,
                new()
                {
                    ["data"] = data.ToJson(),
                    ["metadata"] = new JsonObject(),
                    ["transient"] = new JsonObject { ["display_id"] = displayId },
                },
                request
            );
    }
}
