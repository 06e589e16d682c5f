namespace Grading.Tests;

/// <summary>Cells that do harm get nothing, and what comes after them is graded all the same.</summary>
public sealed class HostileTests : IDisposable
{
    private const string Answer1 = "double? answer1 = 42;\n";
    private const string Check1 = "\nCheck(\"01.1\", answer1)";

    private readonly Classroom classroom = new();

    public void Dispose() => classroom.Dispose();

    [Theory]
    [InlineData("while (true) { }", "ran longer than 2 s")]
    [InlineData("Environment.Exit(0);", "ended its process (exit code 0)")]
    [InlineData(
        "System.Diagnostics.Process.GetCurrentProcess().Kill();",
        "ended its process (exit code 137)"
    )]
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
        "used more memory than 768 MB"
    )]
    [InlineData("while (true) Console.Write(new string('x', 1 << 20));", "IOException")]
    [InlineData(
        "var x = new byte[1 << 20]; using (var o = Console.OpenStandardOutput()) while (true) o.Write(x);",
        "wrote without an end"
    )]
    [InlineData(
        "for (var i = 0; i < 200; i++) System.Diagnostics.Process.Start(\"sleep\", \"60\"); System.Threading.Thread.Sleep(1500);",
        "more than 64 processes"
    )]
    public async Task What_a_cell_does_costs_its_own_points_only(string harm, string told)
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                ("answer1", Answer1 + harm + Check1),
                ("answer2", "string answer2 = \"mean\";")
            )
        );
        Assert.True(
            graded.Marks[0].Told is { } mark && mark.En.Contains(told, StringComparison.Ordinal),
            $"{graded.Marks[0]}"
        );
        Assert.Equal(0, graded.Marks[0].Points);
        Assert.Equal(GradeOutcome.Right, graded.Marks[1].Outcome);
        Assert.Equal(GradeOutcome.Unanswered, graded.Marks[2].Outcome);
    }
}
