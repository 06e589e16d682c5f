using System.Collections.Immutable;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace NotebookKernel.Tests;

/// <summary>Runs cells through Roslyn's scripting package as .NET Interactive does, with this kernel's display functions for its own.</summary>
internal sealed class ScriptingSession(string folder)
{
    private readonly ScriptOptions options = ScriptOptions
        .Default.WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder))
        .WithSourceResolver(new SourceFileResolver(ImmutableArray<string>.Empty, folder))
        .AddReferences(
            typeof(Enumerable).Assembly,
            typeof(IEnumerable<>).Assembly,
            typeof(Task<>).Assembly,
            typeof(CellFunctions).Assembly,
            typeof(IHtmlContent).Assembly
        )
        .WithImports(
            "System",
            "System.Text",
            "System.Collections",
            "System.Collections.Generic",
            "System.Threading.Tasks",
            "System.Linq",
            typeof(CellFunctions).FullName!
        );

    private ScriptState? state;

    /// <summary>Runs the next cell; what it throws, compile errors included, is its error.</summary>
    public async Task<RanCell> RunAsync(string code)
    {
        CellConsole.Capture();
        var recorder = new OutputRecorder();
        CellContext.Current = new(recorder, new CellRun());
        Exception? thrown;
        try
        {
            state = state is null
                ? await CSharpScript.Create(code, options).RunAsync(null, _ => true)
                : await state.ContinueWithAsync(code, options, _ => true);
            thrown = state.Exception;
        }
        catch (CompilationErrorException error)
        {
            thrown = error;
        }
        var value = thrown is null ? state!.ReturnValue : null;
        return new(
            new(
                value is null or DisplayedValue ? null : MimeFormatter.Format(value),
                thrown is null ? null : CellTrace.Error(thrown, "", "")
            ),
            recorder
        );
    }
}
