namespace NotebookKernel.Tests;

public class CompletionTests
{
    private static async Task<CellSession> SessionAsync()
    {
        var session = new CellSession();
        var ran = await session.RunAsync(
            """
            using System.IO;
            var numbers = new List<int> { 1, 2 };
            var text = "abc";
            int? maybe = 3;
            int Twice(int number) => 2 * number;
            class Person { public string Name { get; set; } public int Age; public int Born { get; } public static Person Nobody; }
            """
        );
        Assert.Null(ran.Result.Error);
        return session;
    }

    [Theory]
    [InlineData("text.To|", "ToString", "ToUpper")]
    [InlineData("numbers.|", "Add", "Count", "Select")]
    [InlineData("numbers.Sel|", "Select", "SelectMany")]
    [InlineData("Console.Wri|", "Write", "WriteLine")]
    [InlineData("numbers.Select(n => n.Comp|", "CompareTo")]
    [InlineData("text?.Le|", "Length")]
    [InlineData("maybe?.Comp|", "CompareTo")]
    [InlineData("maybe.Has|", "HasValue")]
    [InlineData("\"literal\".Sub|", "Substring")]
    [InlineData("new int[3].Le|", "Length")]
    [InlineData("string.Jo|", "Join")]
    [InlineData("Person.|", "Nobody")]
    [InlineData("new Person().Na|", "Name")]
    [InlineData("(1 + 2).ToS|", "ToString")]
    [InlineData("numbers[0].Comp|", "CompareTo")]
    [InlineData("DayOfWeek.Mon|", "Monday")]
    [InlineData("System.Text.Js|", "Json")]
    [InlineData("using System.Te|", "Text")]
    [InlineData("File.Exi|", "Exists")]
    [InlineData("num|", "numbers")]
    [InlineData("Twi|", "Twice")]
    [InlineData("Pers|", "Person")]
    [InlineData("displ|", "display")]
    [InlineData("fore|", "foreach")]
    [InlineData("awa|", "await")]
    [InlineData("var local = 1;\nloc|", "local")]
    [InlineData("Console.WriteLine($\"{text.Le|}\")", "Length")]
    [InlineData("var emoji = \"😀\"; num|", "numbers")]
    [InlineData("new Person { |", "Name", "Age")]
    [InlineData("new Person { Name = \"x\", A|", "Age")]
    [InlineData("var p = new Person { N| };", "Name")]
    [InlineData("Twice(num|", "number:", "numbers")]
    [InlineData("#!csharp\nnumbers.Sel|", "Select")]
    [InlineData("#!ma|", "#!markdown")]
    public async Task What_may_follow_is_known(string cell, params string[] expected)
    {
        var found = await (await SessionAsync()).TextsAsync(cell);
        Assert.Subset(found.ToHashSet(), expected.ToHashSet());
    }

    [Theory]
    [InlineData("numbers.|\nvar next = 1;", "Add")]
    [InlineData("numbers.Sel|\nvar next = 1;", "Select")]
    [InlineData("var x = numbers.|\nforeach (var y in numbers) { }", "Count")]
    [InlineData("if (numbers.|\n", "Any")]
    [InlineData("Twice(numbers.|", "Count")]
    [InlineData("class A { void M() { numbers.ToStr", null)]
    [InlineData("for (var i = 0; i < text.|", "Length")]
    public async Task A_line_that_is_not_finished_is_understood(string cell, string? expected)
    {
        if (!cell.Contains('|'))
            cell += "|";
        var found = await (await SessionAsync()).TextsAsync(cell);
        Assert.True(expected is null || found.Contains(expected), string.Join(' ', found));
    }

    [Theory]
    [InlineData("Console.|", "Equals(", "numbers", "get_Out")]
    [InlineData("numbers.|", "foreach", "numbers", "Capacity ")]
    [InlineData("text.|", "Concat(", "IsNullOrEmpty", "String", "op_Equality")]
    [InlineData("new Person { |", "Born", "Nobody", "foreach")]
    public async Task What_cannot_follow_is_not_offered(string cell, params string[] unexpected)
    {
        var found = await (await SessionAsync()).TextsAsync(cell);
        Assert.NotEmpty(found);
        Assert.Empty(found.Intersect(unexpected));
    }

    [Theory]
    [InlineData("\"num|\"")]
    [InlineData("\"num|")]
    [InlineData("// num|")]
    [InlineData("/* num| */")]
    [InlineData("$\"num|\"")]
    [InlineData("\"\"\"\nnum|\n\"\"\"")]
    [InlineData("1|")]
    [InlineData("unknown.|")]
    [InlineData("#!html\nnum|")]
    public async Task Where_nothing_is_known_nothing_is_offered(string cell) =>
        Assert.Empty(await (await SessionAsync()).TextsAsync(cell));

    [Fact]
    public async Task The_word_being_typed_is_what_is_replaced()
    {
        var found = await (await SessionAsync()).CompleteAsync("var a = text.Sub|;");
        Assert.Equal((13, 16), (found.Start, found.End));
        Assert.Equal([new CellCompletion("Substring", "function")], found.Items);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(99)]
    public async Task A_position_outside_of_the_cell_is_its_nearest_end(int position)
    {
        var found = await new CellSession().Engine.CompleteAsync("", position, default);
        Assert.Equal((0, 0), (found.Start, found.End));
    }

    [Theory]
    [InlineData(
        "#r \"x\nusing A = ;\nvar 😀 = new[] { a?.b[, x => x., \"\"\"q $\"{a.:x}\";#if X\n///<c"
    )]
    [InlineData(
        "#!html\n#!time\n)]}>>> from x in . select new { x. } switch { ., _ => nameof(. }; [A(., typeof(."
    )]
    public async Task At_no_place_of_any_text_an_answer_fails(string cell)
    {
        var session = await SessionAsync();
        for (var position = 0; position <= cell.Length; position++)
        {
            var start = cell[..position];
            await session.InspectAsync($"{start}|{cell[position..]}");
            await session.CompleteAsync($"{start}|{cell[position..]}");
            await session.CompleteAsync($"{start}|");
            CellCompleteness.Of(start);
        }
    }

    [Fact]
    public async Task Asking_runs_nothing_reads_no_file_and_leaves_nothing_behind()
    {
        var session = new CellSession();
        await session.TextsAsync("#r \"missing.dll\"\n#r \"nuget: None, 1\"\nvar x = 1; x.|");
        Assert.Empty(await session.TextsAsync("x.|"));
        Assert.Equal("1", (await session.RunAsync("1")).Value);
    }

    [Fact]
    public async Task A_running_cells_variables_are_known_while_it_runs()
    {
        var session = await SessionAsync();
        var run = new CellRun();
        var running = session.RunAsync("var endless = 1;\nawait Task.Delay(-1);", run);
        while ((await session.TextsAsync("endl|")).Length == 0)
            Assert.False(running.IsCompleted);
        run.Interrupt();
        await running;
        Assert.Contains("endless", await session.TextsAsync("endl|"));
    }
}
