using System.CommandLine;

namespace Workbook.CommandLine;

/// <summary>Runs the benchmark suite, or parts of it.</summary>
internal static class BenchCommand
{
    // The suite, in the order in which it runs. A new benchmark is one more line.
    private static readonly Benchmark[] Suite =
    [
        EncodeBenchmark.Create(),
        CrossBenchmark.Create(),
        SingleBenchmark.Create(),
        LoadBenchmark.Create(),
        TokenizeBenchmark.Create(),
        SearchBenchmark.Create(),
        KernelBenchmark.Create(),
        ServeBenchmark.Create(),
    ];

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME")
        {
            Description =
                "What to measure; everything without. "
                + string.Join("; ", Suite.Select(part => $"{part.Name}: {part.Description}")),
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print one JSON object instead, with every measurement.",
        };
        var readme = new Option<FileInfo?>("--readme")
        {
            Description =
                "Also write the ratios, with the date and the machine, between the lines "
                + $"`{BenchmarkReadme.Begin}` and `{BenchmarkReadme.End}` of this file.",
            HelpName = "FILE",
        };
        var command = new ShellCommand(
            "bench",
            "Measure how quick all this is, against its peers on the same work in turn: the median of each quantity and its spread.",
            "dotnet workbook.cs bench tokenize search"
        )
        {
            names,
            json,
            readme,
        };
        command.Does(
            (call, cancellation) =>
                RunAsync(
                    call.GetValue(names)!,
                    call.GetValue(json),
                    call.GetValue(readme),
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string[] names,
        bool json,
        FileInfo? readme,
        CancellationToken cancellation
    )
    {
        if (names.FirstOrDefault(name => Suite.All(part => part.Name != name)) is { } unknown)
            throw new UsageException(
                $"{unknown}: no such benchmark; there is {string.Join(", ", Suite.Select(part => part.Name))}"
            );
        var page = readme is null ? null : new BenchmarkReadme(readme.FullName); // before an hour's work is lost
        var measured = new Dictionary<string, IReadOnlyList<BenchmarkRow>>();
        foreach (var part in Suite.Where(part => names.Length == 0 || names.Contains(part.Name)))
        {
            measured[part.Name] = await part.MeasureAsync(
                line => Console.Error.WriteLine($"{part.Name}: {line}"),
                cancellation
            );
            if (!json)
                BenchmarkReport.Write(part.Name, measured[part.Name]);
        }
        if (json)
            Console.Out.WriteLine(BenchmarkReport.Json(measured));
        page?.Write(measured);
        return 0;
    }
}
