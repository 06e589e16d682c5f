using System.Diagnostics;

namespace Workbook.CommandLine;

/// <summary>Ways to do the same work, tried in turn, so that a busy machine is busy for all of them.</summary>
internal sealed class Turns
{
    private readonly Dictionary<string, Func<double>> ways = [];
    private readonly Dictionary<string, List<double>> values = [];

    /// <summary>The names of the ways, in their order.</summary>
    public IEnumerable<string> Names => ways.Keys;

    /// <summary>What was measured of a way, a number for each round.</summary>
    public IReadOnlyList<double> this[string name] => values[name];

    /// <summary>Adds a way; it gives what is measured of it.</summary>
    public void Add(string name, Func<double> measure) => ways.Add(name, measure);

    /// <summary>Tries every way once to warm up, and then in each round.</summary>
    public void Run(int rounds, Action<string> tell, CancellationToken cancellation)
    {
        foreach (var name in ways.Keys)
            values[name] = [];
        for (var round = 0; round <= rounds; round++)
        {
            tell(round == 0 ? "warming up" : $"round {round} of {rounds}");
            foreach (var (name, measure) in ways)
            {
                cancellation.ThrowIfCancellationRequested();
                var value = measure();
                if (round > 0)
                    values[name].Add(value);
            }
        }
    }

    /// <summary>What was measured of a way.</summary>
    public BenchmarkRow Row(string name, string unit, string goal = "") =>
        new(name, unit, values[name], goal);

    /// <summary>How many times one way's number is another's, round by round.</summary>
    public BenchmarkRow Ratio(string name, string peer, string goal = "") =>
        new($"{name} : {peer}", "", [.. values[name].Zip(values[peer], (a, b) => a / b)], goal);

    /// <summary>The exponent with which a number grows: the slope of its logarithm over that of the size, round by round; 1 where twice the work takes twice the time.</summary>
    /// <param name="quantity">What grows.</param>
    /// <param name="ways">The size and the name of each way.</param>
    /// <param name="goal">What it should be.</param>
    public BenchmarkRow Growth(
        string quantity,
        IReadOnlyList<(double Size, string Name)> ways,
        string goal = "1"
    )
    {
        var rounds = values[ways[0].Name].Count;
        var x = ways.Select(way => Math.Log(way.Size)).ToArray();
        return new(
            $"{quantity}: exponent of growth",
            "",
            [.. Enumerable.Range(0, rounds).Select(Slope)],
            goal
        );

        double Slope(int round)
        {
            var y = ways.Select(way => Math.Log(values[way.Name][round])).ToArray();
            var (meanX, meanY) = (x.Average(), y.Average());
            return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum()
                / x.Sum(a => (a - meanX) * (a - meanX));
        }
    }

    /// <summary>The seconds that some work takes.</summary>
    public static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
