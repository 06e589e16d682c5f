using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

/// <summary>A message from the kernel.</summary>
internal sealed record KernelMessage(
    string Type,
    string? ParentId,
    JsonObject Content,
    JsonObject Metadata
)
{
    public string? Text(string key) => (string?)Content[key];
}
