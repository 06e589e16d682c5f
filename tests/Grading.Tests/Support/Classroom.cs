using System.Text.Json.Nodes;

namespace Grading.Tests;

/// <summary>A small workbook of one lesson in two languages, and what learners hand in of it.</summary>
internal sealed class Classroom : IDisposable
{
    public static readonly GradeLimits Limits = new(
        TimeSpan.FromSeconds(120),
        TimeSpan.FromSeconds(30),
        768 << 20
    );

    /// <summary>For cells that run until they are stopped; long enough for the others on any machine.</summary>
    public static readonly GradeLimits ShortLimits = Limits with
    {
        Cell = TimeSpan.FromSeconds(10),
    };

    // The same for every classroom.
    public static readonly Lazy<Isolation> Best = new(() =>
        Sandbox.Best(Path.GetTempPath()).Isolation
    );

    private const string Given = "int Double(int x) => 2 * x;";

    private static readonly (string Id, string Stub, string Solution, string Check)[] Answers =
    [
        ("answer1", "double? answer1 = null;", "answer1 = Double(21);", "Check(\"01.1\", answer1)"),
        ("answer2", "string answer2 = null;", "answer2 = \"mean\";", "Check(\"01.2\", answer2)"),
        ("answer3", "int[] answer3 = null;", "answer3 = [1, 2, 3];", "Check(\"01.3\", answer3)"),
    ];

    private const string Exercises = """
        [
          {"id": "01.1", "answer": 42, "points": 2, "because": {"en": "Twice 21.", "ko": "21의 두 배입니다."},
           "mistakes": [{"answer": 21, "told": {"en": "Not doubled.", "ko": "두 배로 하지 않았습니다."}},
                        {"answer": 84, "told": {"en": "Doubled twice.", "ko": "두 번 두 배로 했습니다."}, "credit": 0.5}]},
          {"id": "01.2", "answer": "mean"},
          {"id": "01.3", "answer": [1, 2, 3]}
        ]
        """;

    private readonly TemporaryFolder folder = new();

    public Classroom()
    {
        folder.Write("notebooks/exercises.json", Exercises);
        folder.Write("notebooks/solutions/01-sums.ipynb", Master("Sums"));
        folder.Write("notebooks/ko/solutions/01-sums.ipynb", Master("덧셈"));
    }

    public string Repository => folder.Path;

    public string this[string name] => folder[name];

    /// <summary>The learners' notebook, with texts of their own in some of its cells.</summary>
    public static JsonObject Notebook(params (string Id, string Source)[] own) =>
        Notebook("Sums", own);

    /// <summary>The same in Korean.</summary>
    public static JsonObject KoreanNotebook(params (string Id, string Source)[] own) =>
        Notebook("덧셈", own);

    public static JsonObject Cell(string id, string source, string kind = "code") =>
        new()
        {
            ["id"] = id,
            ["cell_type"] = kind,
            ["metadata"] = new JsonObject(),
            ["source"] = source,
        };

    public Submission HandIn(string path, JsonObject notebook) =>
        HandIn(path, notebook.ToJsonString());

    public Submission HandIn(string path, string text) =>
        new(
            Path.GetFileName(Path.GetDirectoryName(path)!),
            folder.Write(Path.Combine("submissions", path), text)
        );

    public LessonShelf Shelf(string? hidden = null) =>
        new(Repository, hidden is null ? null : folder.Write("hidden.json", hidden));

    /// <summary>Grades one notebook, which kim handed in.</summary>
    public Task<GradedSubmission> GradeAsync(
        JsonObject notebook,
        string? hidden = null,
        GradeLimits? limits = null,
        Isolation? isolation = null
    )
    {
        var sandbox = new Sandbox(Repository, isolation ?? Best.Value);
        var grader = new Grader(Shelf(hidden), sandbox, limits ?? Limits);
        return grader.GradeAsync(
            grader.Read(HandIn("kim/01-sums.ipynb", notebook)),
            CancellationToken.None
        );
    }

    public void Dispose() => folder.Dispose();

    private static JsonObject Notebook(string title, (string Id, string Source)[] own)
    {
        var cells = Cells(title, answer => $"{answer.Stub}\n// your answer\n{answer.Check}");
        foreach (var (id, source) in own)
            cells.Single(cell => (string?)cell["id"] == id)["source"] = source;
        return Notebook(cells);
    }

    private static string Master(string title) =>
        Notebook(
                Cells(
                    title,
                    answer =>
                        $"{answer.Stub}\n// BEGIN SOLUTION\n{answer.Solution}\n// END SOLUTION\n{answer.Check}"
                )
            )
            .ToJsonString();

    private static List<JsonObject> Cells(
        string title,
        Func<(string Id, string Stub, string Solution, string Check), string> source
    ) =>
        [
            Cell("title", $"# {title}", "markdown"),
            Cell(
                "start",
                $"#r \"{Path.Combine(AppContext.BaseDirectory, "Workbook.dll")}\"\nusing static Workbook.Exercises;"
            ),
            Cell("given", Given),
            Cell(
                "question",
                title == "Sums" ? "**1.** What is twice 21?" : "**1.** 21의 두 배는?",
                "markdown"
            ),
            .. Answers.Select(answer => Cell(answer.Id, source(answer))),
            Cell("end", "Console.WriteLine(\"the end\");"),
        ];

    private static JsonObject Notebook(IEnumerable<JsonObject> cells) =>
        new()
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray([.. cells]),
        };
}
