using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace NotebookKernel;

/// <summary>Runs a notebook's cells one after another; each sees what those before it left.</summary>
internal sealed partial class CellEngine
{
    private readonly NotebookReferences references;
    private readonly CellCompiler compiler;
    private readonly PackageRestore packages;
    private readonly CellEditor editor;

    // Roslyn's protocol: slot 0 is for globals, which are not used here; each submission's object puts itself in the next.
    private object?[] submissions = new object?[2];

    /// <summary>Creates an engine whose <c>#r</c> and <c>#load</c> are relative to a folder, the notebook's.</summary>
    public CellEngine(string baseFolder)
    {
        baseFolder = Path.GetFullPath(baseFolder);
        references = new(baseFolder);
        compiler = new(baseFolder, references);
        packages = new(baseFolder);
        editor = new(compiler);
        CellConsole.Capture();
    }

    /// <summary>Compiles and runs a cell. It never throws for what the cell does.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="number">Its execution count, for messages.</param>
    /// <param name="sink">Where its outputs go.</param>
    /// <param name="run">The execution, by which it can be interrupted.</param>
    [SuppressMessage("Design", "CA1031", Justification = "A cell may throw anything.")]
    public async Task<CellResult> ExecuteAsync(
        string code,
        int number,
        IOutputSink sink,
        CellRun run
    )
    {
        var name = $"Cell {number}";
        // An async method's changes to the flowing context end with it.
        CellContext.Current = new(sink, run);
        var watch = Stopwatch.StartNew();
        try
        {
            var cell = CellSource.Parse(code);
            var result =
                cell.Language == CellLanguage.CSharp
                    ? await ExecuteCSharpAsync(cell, name, run).ConfigureAwait(false)
                    : Show(cell);
            if (cell.Timed)
                CellFunctions.DisplayRaw(
                    FormattableString.Invariant(
                        $"Wall time: {watch.Elapsed.TotalMilliseconds:0.0}ms"
                    ),
                    MimeFormatter.PlainText
                );
            return result;
        }
        catch (OperationCanceledException) when (run.Interrupted)
        {
            var message = run.LeftBehind
                ? "The cell was interrupted. It had called code that cannot be stopped, which goes on in the background until the kernel is restarted."
                : "The cell was interrupted.";
            return new(null, new(nameof(OperationCanceledException), message, [message]), true);
        }
        catch (DirectiveException error)
        {
            var line = error.Line == 0 ? "" : $", line {error.Line}";
            return new(
                null,
                new(nameof(DirectiveException), error.Message, [$"{name}{line}: {error.Message}"])
            );
        }
        catch (PackageException error)
        {
            return new(null, new(nameof(PackageException), error.Message, [error.Message]));
        }
        catch (Exception error)
        {
            return new(null, CellTrace.Error(error, name, code));
        }
    }

    private async Task<CellResult> ExecuteCSharpAsync(CellSource cell, string name, CellRun run)
    {
        if (cell.Packages.Count > 0 || cell.PackageSources.Count > 0)
            references.AddPackages(
                await packages
                    .RestoreAsync(cell.Packages, cell.PackageSources, run.Token)
                    .ConfigureAwait(false)
            );
        var compilation = compiler.Compile(cell.Code, name);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = Emit(compilation, assembly, symbols, run.Token);
        if (HasErrors(emitted))
        {
            var written = compiler.CompileAsWritten(cell.Code, name);
            var diagnostics = written.GetDiagnostics(run.Token);
            if (CellDiagnostics.Error(diagnostics) is { } error)
                return new(null, error);
            // What the checkpoints broke runs without them.
            compilation = written;
            assembly.SetLength(0);
            symbols.SetLength(0);
            emitted = Emit(compilation, assembly, symbols, run.Token);
            if (HasErrors(emitted))
                return new(null, CellDiagnostics.Error(emitted.Diagnostics));
        }
        // A cell of comments, #r or usings emits nothing, and yet the next cells continue from it.
        if (!emitted.Success)
        {
            compiler.Accept(compilation);
            return new(null, null);
        }
        assembly.Position = symbols.Position = 0;
        var loaded = references.LoadContext.LoadCell(compilation.AssemblyName!, assembly, symbols);
        return new(
            await run.RunAsync(() => RunAsync(compilation, loaded)).ConfigureAwait(false),
            null
        );
    }

    private static EmitResult Emit(
        CSharpCompilation compilation,
        MemoryStream assembly,
        MemoryStream symbols,
        CancellationToken cancellation
    ) =>
        compilation.Emit(
            assembly,
            symbols,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb),
            cancellationToken: cancellation
        );

    private static bool HasErrors(EmitResult emitted) =>
        emitted.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static CellResult Show(CellSource cell)
    {
        MarkupCell.Show(cell);
        return new(null, null);
    }

    // Formatting belongs to the run: it enumerates the value, which may take for ever.
    private async Task<MimeBundle?> RunAsync(CSharpCompilation compilation, Assembly loaded)
    {
        // Not before it starts, for the next cells would look for variables that never were; nor later, for they shall
        // see those that were set before an error.
        compiler.Accept(compilation);
        Array.Resize(ref submissions, compiler.Submissions + 2);
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        var main = loaded
            .GetType(entry.ContainingType.MetadataName)!
            .GetMethod(
                entry.MetadataName,
                BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public
            )!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        var value = await main(submissions);
        return value is not DisplayedValue && CellCompiler.HasValue(compilation)
            ? MimeFormatter.Format(value)
            : null;
    }
}
