using System.CommandLine;
using System.Globalization;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Pairs of texts on standard input to a cross-encoder's scores.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var model = CommonOptions.Model();
        var logits = new Option<bool>("--logits")
        {
            Description = "The model's numbers as they are, without its activation.",
        };
        var softmax = new Option<bool>("--softmax")
        {
            Description = "Make the scores of several labels probabilities that sum to 1.",
        };
        var maxLength = CommonOptions.MaxLength();
        var batchSize = CommonOptions.BatchSize("Pairs");
        var jsonLines = CommonOptions.JsonLines();
        var command = new ShellCommand(
            "score",
            "Score pairs of texts with a cross-encoder: two texts a line in, separated by a tab, a number a line out (a JSON array for a model of several labels), in the same order.",
            """printf '오늘 날씨가 좋아요\t오늘 하늘이 맑아요\n' | dotnet workbook.cs score --model ko-mini-cross"""
        )
        {
            model,
            logits,
            softmax,
            maxLength,
            batchSize,
            jsonLines,
        };
        command.Does(
            (call, cancellation) =>
            {
                if (call.GetValue(logits) && call.GetValue(softmax))
                    throw new UsageException("--logits and --softmax: give one of them");
                using var encoder = ModelLoading.LoadCrossEncoder(call.GetValue(model)!);
                using var input = Console.OpenStandardInput();
                var pairs = TextInput.ReadPairs(input, call.GetValue(jsonLines));
                var options = new PredictOptions
                {
                    Activation =
                        call.GetValue(logits) ? ActivationFunction.Identity
                        : call.GetValue(softmax) ? ActivationFunction.Softmax
                        : null,
                    MaxLength = call.GetValue(maxLength),
                    BatchSize = call.GetValue(batchSize),
                    Progress = new ProgressLine("score"),
                };
                var scores = encoder.PredictLabels(pairs, options, cancellation);
                ModelLoading.NoteTruncation(
                    pairs.Select(pair => encoder.CountTokens(pair.Text, pair.Pair, options)),
                    options.MaxLength,
                    encoder.MaxSequenceLength
                );
                foreach (var row in scores)
                    Console.Out.WriteLine(Row(row));
                return 0;
            }
        );
        return command;
    }

    private static string Row(float[] scores)
    {
        var numbers = scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture));
        return scores.Length == 1 ? numbers.Single() : $"[{string.Join(',', numbers)}]";
    }
}
