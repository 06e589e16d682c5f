using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookKernel.Tests;

/// <summary>Small class libraries in a folder of their own, for cells to reference.</summary>
internal sealed class ClassLibrary : IDisposable
{
    /// <summary>The folder, which stands for a notebook's.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("notebook").FullName;

    /// <summary>Compiles a library to bin/NAME.dll below the folder, against those compiled before.</summary>
    public string Compile(string name, string code)
    {
        var bin = Directory.CreateDirectory(Path.Combine(Folder, "bin")).FullName;
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] platform = ["System.Private.CoreLib", "System.Runtime", "System.Collections"];
        var references = platform
            .Select(file => Path.Combine(framework, $"{file}.dll"))
            .Concat(Directory.GetFiles(bin, "*.dll"))
            .Select(file => MetadataReference.CreateFromFile(file));
        var path = Path.Combine(bin, $"{name}.dll");
        var result = CSharpCompilation
            .Create(
                name,
                [CSharpSyntaxTree.ParseText(code)],
                references,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            )
            .Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
