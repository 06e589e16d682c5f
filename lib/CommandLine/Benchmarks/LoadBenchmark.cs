using Microsoft.ML.OnnxRuntime;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>How long a model of KR-SBERT's size takes to load, against ONNX Runtime's loading of the same as .onnx.</summary>
internal static class LoadBenchmark
{
    private const int Rounds = 5;

    public static Benchmark Create() =>
        new(
            "load",
            $"a model of 12 layers of 768 from safetensors, {Rounds} rounds, against ONNX Runtime on the same as .onnx",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        tell("writing a model of random weights");
        using var folder = new RandomModel();
        folder.WriteOnnx();
        var weights = Path.Combine(folder.Path, "model.safetensors");
        const string float32 = "load in fp32";
        const string int8 = "load in int8";
        const string onnx = "ONNX Runtime, model.onnx";
        const string read = "read the file";
        var turns = new Turns();
        turns.Add(
            float32,
            () => Turns.Seconds(() => SentenceTransformer.Load(folder.Path).Dispose())
        );
        turns.Add(
            onnx,
            () =>
                Turns.Seconds(() =>
                    new InferenceSession(Path.Combine(folder.Path, "model.onnx")).Dispose()
                )
        );
        turns.Add(
            int8,
            () =>
                Turns.Seconds(() =>
                    SentenceTransformer
                        .Load(folder.Path, new() { Precision = Precision.Int8 })
                        .Dispose()
                )
        );
        turns.Add(read, () => Turns.Seconds(() => File.ReadAllBytes(weights)));
        turns.Add(
            "ko-mini",
            () => Turns.Seconds(() => SentenceTransformer.Load("ko-mini").Dispose())
        );
        turns.Run(Rounds, tell, cancellation);
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>([
            .. turns.Names.Select(name => turns.Row(name, "s")),
            turns.Ratio(float32, onnx, "< 1.3"),
            turns.Ratio(int8, float32),
            .. MeasureFresh(folder.Path, new FileInfo(weights).Length, tell),
        ]);
    }

    // What a process that does nothing else needs: memory and the first load are known only there.
    private static IEnumerable<BenchmarkRow> MeasureFresh(
        string model,
        long fileBytes,
        Action<string> tell
    )
    {
        tell("fresh processes");
        double[][] big = [.. Enumerable.Range(0, Rounds).Select(_ => FreshLoad.Run(model))];
        double[][] small = [.. Enumerable.Range(0, Rounds).Select(_ => FreshLoad.Run("ko-mini"))];
        yield return new(
            "ko-mini, first load of a process",
            "ms",
            [.. small.Select(run => 1000 * run[0])],
            "< 300"
        );
        yield return new(
            "peak memory of a process : the file",
            "",
            [.. big.Select(run => run[1] / fileBytes)],
            "< 1.5"
        );
    }
}
