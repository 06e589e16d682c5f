using System.Text;

namespace Grading;

/// <summary>The files that grading leaves: a table, its JSON, a page for the class, and a folder with a page a learner.</summary>
internal sealed class ReportFiles
{
    private const int LongestName = 80;

    private static readonly string[] DeviceNames = ["con", "prn", "aux", "nul"];

    private readonly string stem;

    /// <summary>Names them after one of them.</summary>
    /// <param name="path">The table or its JSON: grades.csv also means grades.json, grades.html and the folder grades.</param>
    public ReportFiles(string path) => stem = Path.ChangeExtension(path, null);

    /// <summary>The table.</summary>
    public string Csv => $"{stem}.csv";

    /// <summary>The same and the misconceptions, for programs.</summary>
    public string Json => $"{stem}.json";

    /// <summary>The page for the class.</summary>
    public string Page => $"{stem}.html";

    /// <summary>The folder of the learners' pages.</summary>
    public string Folder => stem;

    /// <summary>Holds that all of them can be written.</summary>
    /// <exception cref="IOException">One cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be.</exception>
    public void Check()
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in new[] { Csv, Json, Page })
            File.Open(file, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
    }

    /// <summary>Writes all of them.</summary>
    /// <param name="submissions">What was graded.</param>
    /// <param name="isolation">How far apart from everything else it ran.</param>
    public void Write(IReadOnlyList<GradedSubmission> submissions, Isolation isolation)
    {
        // Without the mark at its beginning, Excel reads Korean names as another encoding.
        using (var csv = new StreamWriter(Csv, false, new UTF8Encoding(true)))
            GradesCsv.Write(submissions, csv);
        File.WriteAllText(Json, GradesJson.Write(submissions, isolation));
        Directory.CreateDirectory(Folder);
        var names = new Dictionary<string, string>();
        foreach (var learner in submissions.GroupBy(one => one.Submission.Learner))
        {
            var name = FileName(learner.Key, names.Values);
            names[learner.Key] = name;
            File.WriteAllText(
                Path.Combine(Folder, name),
                LearnerReport.Html(learner.Key, [.. learner])
            );
        }
        var folder = Uri.EscapeDataString(Path.GetFileName(Folder));
        File.WriteAllText(
            Page,
            ClassReport.Html(
                submissions,
                names.ToDictionary(
                    name => name.Key,
                    name => $"{folder}/{Uri.EscapeDataString(name.Value)}"
                ),
                Protection.Of(isolation).In(LearnerReport.IsKorean(submissions))
            )
        );
    }

    // Whatever a learner's file was called, and however alike two are.
    private static string FileName(string learner, IReadOnlyCollection<string> taken)
    {
        var plain = string.Concat(
                learner.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ' ? c : '_')
            )
            .Trim();
        plain = plain.Length <= LongestName ? plain : plain[..LongestName];
        if (plain.Length == 0 || DeviceNames.Contains(plain, StringComparer.OrdinalIgnoreCase))
            plain = $"_{plain}";
        for (var i = 1; ; i++)
        {
            var name = i == 1 ? $"{plain}.html" : $"{plain} ({i}).html";
            if (!taken.Contains(name, StringComparer.OrdinalIgnoreCase))
                return name;
        }
    }
}
