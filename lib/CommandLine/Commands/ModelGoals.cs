using System.Globalization;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Prints a model's goals beside what its card says and what is measured here.</summary>
internal static class ModelGoals
{
    private const int FirstFew = 10;

    /// <summary>False where a measured value is not the card's; a goal that the card says was missed is no failure.</summary>
    public static bool Verify(ModelEntry model)
    {
        if (model.Goals.Count == 0)
            return true;
        Console.Out.WriteLine("measured\tcard\tgoal\t\twhat");
        return model.Goals.Select(goal => Verify(model, goal)).ToArray().All(ok => ok);
    }

    private static bool Verify(ModelEntry model, ModelGoal goal)
    {
        double? measured = goal.Measure is { } measure ? Measure(measure, model) : null;
        var agrees =
            measured is not { } value
            || Math.Abs(value - goal.Value) <= 0.5 * Math.Pow(10, -goal.Decimals) + 1e-6;
        Console.Out.WriteLine(
            string.Join(
                '\t',
                measured is { } number ? Text(number, goal.Decimals) : "-", // its data is not in the workbook
                Text(goal.Value, goal.Decimals),
                Text(goal.AtLeast, goal.Decimals),
                goal.Value >= goal.AtLeast ? "reached" : "MISSED",
                goal.Name + (agrees ? "" : "\tDIFFERS")
            )
        );
        return agrees;
    }

    private static string Text(double value, int decimals) =>
        value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    private static double Measure(string measure, ModelEntry model) =>
        (measure, model.Kind) switch
        {
            ("lecture-margin", "bi-encoder") => WithEncoder(model.Folder!, LectureMargin),
            ("minimal-pairs", "bi-encoder") => WithEncoder(
                model.Folder!,
                encoder => MinimalPairs((a, b) => Cosines(encoder, a, b))
            ),
            ("minimal-pairs", "cross-encoder") => WithCrossEncoder(
                model.Folder!,
                cross => MinimalPairs((a, b) => cross.Predict(a.Zip(b)))
            ),
            ("faq-mrr", "bi-encoder") => WithEncoder(
                model.Folder!,
                encoder => FaqReciprocalRank(encoder, null)
            ),
            ("faq-mrr-reranked", "cross-encoder") => WithCrossEncoder(
                model.Folder!,
                cross =>
                    WithEncoder(
                        ModelManifest.Locate("ko-mini"),
                        encoder => FaqReciprocalRank(encoder, cross)
                    )
            ),
            _ => throw new ModelFormatException(
                "models.json",
                $"{model.Name}: goals: measure: '{measure}' is none of a {model.Kind}"
            ),
        };

    private static double WithEncoder(string folder, Func<SentenceTransformer, double> measure)
    {
        using var encoder = SentenceTransformer.Load(folder);
        return measure(encoder);
    }

    private static double WithCrossEncoder(string folder, Func<CrossEncoder, double> measure)
    {
        using var cross = CrossEncoder.Load(folder);
        return measure(cross);
    }

    private static float[] Cosines(SentenceTransformer encoder, string[] a, string[] b) =>
        Similarity.PairwiseCosine(encoder.Encode(a), encoder.Encode(b));

    /// <summary>By how much the lecture's alike pair, the first two of three, is above both others; the smaller of two examples.</summary>
    private static double LectureMargin(SentenceTransformer encoder) =>
        JsonFile
            .ReadObject(Lesson.FindFile("data", "lecture.json"))
            .Objects("examples")
            .Select(example => Similarity.Cosine(encoder.Encode(example.Texts("sentences"))))
            .Min(cosines => cosines[0, 1] - Math.Max(cosines[0, 2], cosines[1, 2]));

    /// <summary>How often the paraphrase is above the contrast, in percent, on every third triplet: those never trained on.</summary>
    private static double MinimalPairs(Func<string[], string[], float[]> score)
    {
        var heldOut = Lesson
            .Table("korean-minimal-pairs.tsv") // id, category, anchor, paraphrase, contrast
            .Where((_, i) => i % 3 == 2)
            .ToArray();
        string[] anchors = [.. heldOut.Select(row => row[2])];
        var same = score(anchors, [.. heldOut.Select(row => row[3])]);
        var other = score(anchors, [.. heldOut.Select(row => row[4])]);
        return 100 * same.Zip(other, (p, c) => p > c ? 1.0 : 0).Average();
    }

    /// <summary>MRR@10 of the town's questions; with a cross-encoder after it has ranked the first ten again.</summary>
    private static double FaqReciprocalRank(SentenceTransformer encoder, CrossEncoder? cross)
    {
        var passages = Lesson.Table("faq-passages.tsv"); // id, topic, passage
        var questions = Lesson.Table("faq-questions.tsv"); // passage's id, question
        var index = encoder.Encode(passages.Select(row => row[2]));
        var queries = encoder.Encode(questions.Select(row => row[1]));
        return questions
            .Zip(queries)
            .Average(question =>
            {
                var (id, text) = (question.First[0], question.First[1]);
                var found = Enumerable
                    .Range(0, passages.Length)
                    .OrderByDescending(i => Similarity.Cosine(question.Second, index[i]))
                    .Take(FirstFew)
                    .ToArray();
                if (cross is not null)
                {
                    var scores = cross.Predict(found.Select(i => (text, passages[i][2])));
                    found =
                    [
                        .. found
                            .Zip(scores)
                            .OrderByDescending(one => one.Second)
                            .Select(one => one.First),
                    ];
                }
                var place = Array.FindIndex(found, i => passages[i][0] == id);
                return place < 0 ? 0 : 1.0 / (place + 1);
            });
    }
}
