using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>What the kernel says about itself.</summary>
internal static class KernelInfo
{
    /// <summary>The content of a kernel_info_reply.</summary>
    public static JsonObject Reply() =>
        new()
        {
            ["status"] = "ok",
            ["protocol_version"] = JupyterSession.ProtocolVersion,
            ["implementation"] = KernelSpec.Name,
            ["implementation_version"] = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3),
            // As the lessons have it: running them changes nothing but the outputs.
            ["language_info"] = new JsonObject
            {
                ["name"] = KernelSpec.Language,
                ["version"] = "14.0",
                ["mimetype"] = "text/x-csharp",
                ["file_extension"] = ".cs",
                ["pygments_lexer"] = "csharp",
            },
            ["banner"] = $"C# on .NET {Environment.Version}",
            ["help_links"] = new JsonArray(
                new JsonObject
                {
                    ["text"] = "C#",
                    ["url"] = "https://learn.microsoft.com/dotnet/csharp/",
                }
            ),
        };
}
