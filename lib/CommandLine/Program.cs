using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Pictures;
using SentenceTransformers;
using Workbook.CommandLine;

// Machine-readable output is UTF-8 without a byte order mark and with \n on every system.
Console.SetOut(
    new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16)
    {
        NewLine = "\n",
    }
);
Console.SetError(
    new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false))
    {
        AutoFlush = true,
        NewLine = "\n",
    }
);

var root = new ShellCommand(
    "workbook.cs",
    "Sentence embeddings in C#: run the lessons, and use the models from a shell.",
    "dotnet workbook.cs run"
)
{
    ShellCommand.Help(),
    RunCommand.Create(),
    EditionsCommand.Create(),
    SiteCommand.Create(),
    GradeCommand.Create(),
    KernelCommand.Create(),
    TokenizeCommand.Create(),
    EncodeCommand.Create(),
    EncodeImagesCommand.Create(),
    ScoreCommand.Create(),
    SimilarityCommand.Create(),
    ServeCommand.Create(),
    ModelsCommand.Create(),
    BenchCommand.Create(),
    PackagesCommand.Create(),
    FreshLoad.CreateCommand(),
};

// A text may begin with @: it is no file of further arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
try
{
    // What is unknown is said before that something is missing, and also where help was asked for.
    if (parsed.UnmatchedTokens.Count > 0 || parsed.Errors.Count > 0)
        throw new UsageException(
            (
                parsed.UnmatchedTokens.Count > 0
                    ? $"unknown: {string.Join(' ', parsed.UnmatchedTokens)}"
                    : parsed.Errors[0].Message.TrimEnd('.')
            ) + $"; `dotnet workbook.cs help{CommandName()}` shows what there is"
        );
    // Ctrl-C and SIGTERM cancel the command's token, and end the process if it does not answer in its time.
    var code = await parsed.InvokeAsync(
        new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = (parsed.CommandResult.Command as ShellCommand)?.EndsWithin,
        }
    );
    Console.Out.Flush();
    return code;
}
catch (ArgumentException error)
{
    // .NET adds the parameter's name, which is no word of this shell.
    return Fail(
        2,
        error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal)
    );
}
catch (Exception error)
    when (error
            is UsageException
                or FileNotFoundException
                or DirectoryNotFoundException
                or NotSupportedException
    )
{
    return Fail(2, error.Message);
}
catch (OperationCanceledException)
{
    return Fail(130, "interrupted");
}
catch (Exception error)
    when (error
            is ModelFormatException
                or PictureException
                or DllNotFoundException
                or HubException
                or IOException
                or UnauthorizedAccessException
    )
{
    return Fail(1, error.Message);
}
catch (Exception error)
{
    return Fail(1, $"{error.GetType().Name}: {(error.InnerException ?? error).Message}");
}

int Fail(int code, string message)
{
    try
    {
        Console.Out.Flush(); // what was printed before
    }
    catch (IOException)
    {
        // This may be the very failure that is about to be told.
    }
    Console.Error.WriteLine(
        $"workbook{CommandName()}: {message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal)}"
    );
    return code;
}

string CommandName()
{
    var names = new List<string>();
    for (
        SymbolResult? result = parsed.CommandResult;
        result is CommandResult { Command: var command } && command != root;
        result = result.Parent
    )
        names.Insert(0, $" {command.Name}");
    return string.Concat(names);
}
