using System.Text.Json;

namespace NotebookKernel;

/// <summary>A message from a front end, whose signature was right.</summary>
/// <param name="Routing">What stood before the message on the wire, and stands before the answer.</param>
/// <param name="Header">Its header as it came: the parent header of all that answers it.</param>
/// <param name="Type">Such as <c>execute_request</c>.</param>
/// <param name="Content">What it asks.</param>
internal sealed record JupyterRequest(
    IReadOnlyList<byte[]> Routing,
    byte[] Header,
    string Type,
    JsonElement Content
);
