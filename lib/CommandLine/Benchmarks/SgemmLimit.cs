using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>The most that ONNX Runtime's matrix multiplication (MLAS sgemm) reaches here: a Gemm and nothing else, one on each core.</summary>
internal sealed class SgemmLimit : IDisposable
{
    private const int Rows = 512;
    private const int Inputs = 768;
    private const int Outputs = 3072;
    private const int Repetitions = 20;

    private readonly InferenceSession session;

    public SgemmLimit()
    {
        var random = new Random(1);
        var weight = new float[Outputs * Inputs];
        for (var i = 0; i < weight.Length; i++)
            weight[i] = random.NextSingle() - 0.5f;
        var graph = new OnnxGraph("sgemm");
        var x = graph.Input("x", OnnxElement.Float, "rows", $"{Inputs}");
        var y = graph.Node("Gemm", [x, graph.Constant(weight, [Outputs, Inputs])], ("transB", 1L));
        graph.Output(y, "y", OnnxElement.Float, "rows", $"{Outputs}");
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        session = new InferenceSession(graph.ToModel(), options);
    }

    /// <summary>Operations a second of all cores together, in units of 10^9.</summary>
    public double Measure()
    {
        var start = Stopwatch.GetTimestamp();
        Parallel.For(
            0,
            Environment.ProcessorCount * Repetitions,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            _ =>
            {
                using var input = OrtValue.CreateTensorValueFromMemory(
                    new float[Rows * Inputs],
                    [Rows, Inputs]
                );
                using var run = new RunOptions();
                using var results = session.Run(run, ["x"], [input], ["y"]);
            }
        );
        return 2e-9
            * Rows
            * Inputs
            * Outputs
            * Repetitions
            * Environment.ProcessorCount
            / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
