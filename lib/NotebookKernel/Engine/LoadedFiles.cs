using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NotebookKernel;

/// <summary>Finds what <c>#load</c> names: beside the file that loads it, else in the notebook's folder.</summary>
/// <param name="baseFolder">The notebook's folder.</param>
/// <param name="withCheckpoints">Whether the loops of loaded files can be stopped; the code then differs from the file's.</param>
internal sealed class LoadedFiles(string baseFolder, bool withCheckpoints)
    : SourceFileResolver([baseFolder], baseFolder)
{
    /// <inheritdoc/>
    public override SourceText ReadText(string resolvedPath)
    {
        var text = base.ReadText(resolvedPath);
        if (!withCheckpoints)
            return text;
        var root = CellCompiler.Parse(text.ToString(), resolvedPath).GetRoot();
        return SourceText.From(
            new CheckpointRewriter(null).Visit(root).ToFullString(),
            Encoding.UTF8
        );
    }
}
