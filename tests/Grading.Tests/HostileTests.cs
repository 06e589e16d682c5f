namespace Grading.Tests;

/// <summary>Cells that do harm get nothing, and what comes after them is graded all the same.</summary>
public sealed class HostileTests : IDisposable
{
    private const string Answer1 = "double? answer1 = 42;\n";
    private const string Check1 = "\nCheck(\"01.1\", answer1)";

    private readonly Classroom classroom = new();

    public void Dispose() => classroom.Dispose();

    [Theory]
    [InlineData("Environment.Exit(0);", "ended its process (exit code 0)")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "ended its process")]
    [InlineData(
        "var list = new object[1]; list[0] = list; Check(\"01.1\", list);",
        "stack overflow"
    )]
    [InlineData(
        "var all = new List<byte[]>(); while (true) all.Add(new byte[1 << 24]);",
        "OutOfMemoryException"
    )]
    [InlineData(
        "unsafe { while (true) new Span<byte>(System.Runtime.InteropServices.NativeMemory.Alloc(1 << 24), 1 << 24).Fill(1); }",
        "emory" // by the watch or, where that comes late, by the limit behind it
    )]
    [InlineData("while (true) Console.Write(new string('x', 1 << 20));", "IOException")]
    [InlineData(
        "var x = new byte[1 << 20]; using (var o = Console.OpenStandardOutput()) while (true) o.Write(x);",
        "wrote without an end"
    )]
    public async Task Harm_gets_nothing_and_is_named(string harm, string told)
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(("answer1", Answer1 + harm + Check1))
        );
        Assert.True(
            graded.Marks[0].Told is { } mark && mark.En.Contains(told, StringComparison.Ordinal),
            $"{graded.Marks[0]}"
        );
        Assert.Equal(0, graded.Marks[0].Points);
    }

    [Fact]
    public async Task Many_processes_get_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere processes are not counted");
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                (
                    "answer1",
                    Answer1
                        + "for (var i = 0; i < 200; i++) System.Diagnostics.Process.Start(\"sleep\", \"60\"); System.Threading.Thread.Sleep(9000);"
                )
            )
        );
        Assert.Equal("It started more than 64 processes.", graded.Marks[0].Told!.En);
    }

    [Fact]
    public async Task A_cell_without_an_end_costs_its_own_points_only()
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                ("answer1", "double? answer1 = 42; while (true) { }"),
                (
                    "answer2",
                    "string answer2 = \"mean\"; for (;;) System.Threading.Thread.Sleep(1);"
                ),
                ("answer3", "int[] answer3 = [1, 2, 3];")
            ),
            limits: Classroom.ShortLimits
        );
        Assert.Equal(
            [GradeOutcome.Stopped, GradeOutcome.Stopped, GradeOutcome.Right],
            graded.Marks.Select(mark => mark.Outcome)
        );
        Assert.Equal("The cell ran longer than 10 s.", graded.Marks[0].Told!.En);
    }

    [Theory]
    [InlineData(nameof(Isolation.None))]
    [InlineData(nameof(Isolation.NoNetwork))]
    public async Task Where_less_can_be_kept_apart_the_limits_hold_all_the_same(string name)
    {
        var isolation = Enum.Parse<Isolation>(name);
        Assert.SkipUnless(
            isolation == Isolation.None || Classroom.Best.Value != Isolation.None,
            "this system has no user namespaces for everybody"
        );
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                ("answer1", "double? answer1 = 42; Environment.Exit(1);"),
                (
                    "answer2",
                    "string answer2 = \"mean\"; unsafe { while (true) new Span<byte>(System.Runtime.InteropServices.NativeMemory.Alloc(1 << 24), 1 << 24).Fill(1); }"
                ),
                ("answer3", "int[] answer3 = [1, 2, 3];")
            ),
            isolation: isolation
        );
        Assert.Equal([0, 0, 1], graded.Marks.Select(mark => mark.Points));
        Assert.Equal("It ended its process (exit code 1).", graded.Marks[0].Told!.En);
        Assert.Contains("emory", graded.Marks[1].Told!.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_behind_ends_a_process_and_not_the_lesson()
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                (
                    "answer1",
                    """
                    using System.IO;
                    using System.Threading;
                    double? answer1 = 42;
                    new Thread(() => { while (!File.Exists("go")) Thread.Sleep(10); Environment.Exit(3); }).Start();
                    """
                ),
                (
                    "answer2",
                    "string answer2 = \"mean\"; File.WriteAllText(\"go\", \"\"); Thread.Sleep(20_000);"
                ),
                ("answer3", "int[] answer3 = [1, 2, 3];")
            )
        );
        // Whose thread it was cannot be seen; the one that ran is left out, and the third is graded.
        Assert.Equal(
            [GradeOutcome.Right, GradeOutcome.Stopped, GradeOutcome.Right],
            graded.Marks.Select(mark => mark.Outcome)
        );
    }

    [Fact]
    public async Task A_notebook_has_a_time_as_a_whole()
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                ("answer1", "double? answer1 = 42;"),
                (
                    "answer2",
                    "string answer2 = \"mean\"; while (true) System.Threading.Thread.Sleep(10);"
                ),
                ("answer3", "int[] answer3 = [1, 2, 3]; while (true) { }")
            ),
            limits: Classroom.Limits with
            {
                Notebook = TimeSpan.FromSeconds(1),
            }
        );
        Assert.Equal(
            [GradeOutcome.Stopped, GradeOutcome.Stopped],
            graded.Marks.Skip(1).Select(mark => mark.Outcome)
        );
    }

    [Fact]
    public async Task Where_the_lesson_itself_does_not_run_nobody_is_graded()
    {
        var master = classroom["notebooks/solutions/01-sums.ipynb"];
        await File.WriteAllTextAsync(
            master,
            (await File.ReadAllTextAsync(master)).Replace(
                "int Double(int x)",
                "int Double(Missing x)",
                StringComparison.Ordinal
            )
        );
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(("answer1", "double? answer1 = 42;"))
        );
        Assert.Equal(
            [GradeOutcome.NotGraded, GradeOutcome.Unanswered, GradeOutcome.Unanswered],
            graded.Marks.Select(mark => mark.Outcome)
        );
        Assert.Contains("Missing", graded.Marks[0].Told!.En, StringComparison.Ordinal);
    }
}
