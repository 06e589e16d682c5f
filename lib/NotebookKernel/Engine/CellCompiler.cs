using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NotebookKernel;

/// <summary>Compiles each cell as a C# script submission that continues from the cells before it.</summary>
/// <remarks>
/// Release code, unlike Roslyn's own scripting API and .NET Interactive: loops over embeddings run several times as fast.
/// </remarks>
internal sealed class CellCompiler(string baseFolder, NotebookReferences references)
{
    // Exactly what .NET Interactive imports, so that a cell written here compiles there.
    private static readonly string[] Imports =
    [
        "System",
        "System.Text",
        "System.Collections",
        "System.Collections.Generic",
        "System.Threading.Tasks",
        "System.Linq",
        typeof(CellFunctions).FullName!,
    ];

    private static readonly CSharpParseOptions ParseOptions = new(
        LanguageVersion.Latest,
        DocumentationMode.Parse,
        SourceCodeKind.Script
    );

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true
    );

    private readonly LoadedFiles loadedFiles = new(baseFolder, withCheckpoints: false);
    private readonly LoadedFiles checkedFiles = new(baseFolder, withCheckpoints: true);

    // Replaced as a whole: an editor may ask while a cell runs.
    private volatile Accepted accepted = new(null, 0);

    /// <summary>How many cells have been accepted.</summary>
    public int Submissions => accepted.Count;

    /// <summary>Compiles a cell as the next one; nothing is remembered until <see cref="Accept"/>.</summary>
    /// <remarks>Columns in its diagnostics are not the cell's: <see cref="CompileAsWritten"/> has those.</remarks>
    public CSharpCompilation Compile(string code, string name)
    {
        var written = CompileAsWritten(code, name);
        var tree = written.SyntaxTrees[^1];
        var rewriter = new CheckpointRewriter(() => written.GetSemanticModel(tree));
        var text = rewriter.Visit(tree.GetRoot()).ToFullString();
        return Compile(Parse(text, name), checkedFiles);
    }

    /// <summary>Compiles a cell as it is written, for what there is to say about it: it could not be stopped.</summary>
    public CSharpCompilation CompileAsWritten(string code, string name) =>
        Compile(Parse(code, name), loadedFiles);

    /// <summary>Parses a cell, or a file that one loads.</summary>
    public static SyntaxTree Parse(string code, string name) =>
        SyntaxFactory.ParseSyntaxTree(SourceText.From(code, Encoding.UTF8), ParseOptions, name);

    private CSharpCompilation Compile(SyntaxTree tree, LoadedFiles files)
    {
        var (previous, count) = accepted;
        var options = Options
            .WithScriptClassName($"Submission#{count}")
            .WithUsings(previous is null ? Imports : [])
            .WithSourceReferenceResolver(files)
            .WithMetadataReferenceResolver(references);
        // Later submissions inherit the references; giving them again costs memory quadratic in the cells.
        var given = previous is null ? NotebookReferences.Shared : [];
        // The assembly is called as the cell: where a frame of a trace has no line, it still tells the cell.
        return CSharpCompilation.CreateScriptCompilation(
            tree.FilePath,
            tree,
            given.AddRange(references.Added),
            options,
            previous,
            typeof(object)
        );
    }

    /// <summary>Makes a compiled cell the one that the next continues from.</summary>
    public void Accept(CSharpCompilation compilation)
    {
        references.Accept(compilation.References.OfType<PortableExecutableReference>());
        accepted = new(compilation, accepted.Count + 1);
    }

    /// <summary>Whether the cell ends in a value to show: a last expression without a semicolon, or a <c>return</c>.</summary>
    public static bool HasValue(CSharpCompilation compilation)
    {
        // Files that the cell loads come before its own tree.
        var tree = compilation.SyntaxTrees[^1];
        var root = tree.GetCompilationUnitRoot();
        var topLevel = root.DescendantNodes(node =>
            node is CompilationUnitSyntax or GlobalStatementSyntax
            || node is StatementSyntax and not LocalFunctionStatementSyntax
        );
        if (
            topLevel
                .OfType<ReturnStatementSyntax>()
                .Any(statement => statement.Expression is not null)
        )
            return true;
        return root.Members.LastOrDefault()
                is GlobalStatementSyntax
                {
                    Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
                }
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType
                is { SpecialType: not SpecialType.System_Void };
    }

    private sealed record Accepted(CSharpCompilation? Last, int Count);
}
