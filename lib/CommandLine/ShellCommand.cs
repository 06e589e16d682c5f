using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Workbook.CommandLine;

/// <summary>A command of the shell with an example that its --help ends with.</summary>
/// <param name="name">The command.</param>
/// <param name="description">What it does; the first sentence stands in the list of commands.</param>
/// <param name="example">A line that can be typed as it is.</param>
internal sealed class ShellCommand(string name, string description, string example)
    : Command(name, description)
{
    private string Example => example;

    /// <summary>How long the command may take to end when it is interrupted.</summary>
    public TimeSpan EndsWithin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Says what the command does and gives the exit code.</summary>
    /// <remarks>
    /// On a thread of its own, so that Ctrl-C and SIGTERM end the process also while it waits for standard input.
    /// </remarks>
    public void Does(Func<ParseResult, CancellationToken, Task<int>> work) =>
        SetAction(
            (call, cancellation) => Task.Run(() => work(call, cancellation), CancellationToken.None)
        );

    /// <summary>Says what the command does and gives the exit code.</summary>
    public void Does(Func<ParseResult, CancellationToken, int> work) =>
        Does((call, cancellation) => Task.FromResult(work(call, cancellation)));

    /// <summary>The --help of every command below the one it is added to.</summary>
    public static HelpOption Help()
    {
        var option = new HelpOption { Recursive = true };
        option.Action = new HelpWithExample((HelpAction)option.Action!);
        return option;
    }

    private sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
    {
        // Whoever asks for help need not have given what is required.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is ShellCommand command)
                parseResult.InvocationConfiguration.Output.WriteLine(
                    $"Example:\n  {command.Example}\n"
                );
            return code;
        }
    }
}
