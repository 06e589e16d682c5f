namespace Notebooks.Tests;

/// <summary>The lessons run unchanged in .NET Interactive too: they use nothing that only one host has.</summary>
public sealed class PortabilityTests
{
    public static TheoryData<string> All => Lessons.All;

    [Theory]
    [MemberData(nameof(All))]
    public void It_keeps_to_what_every_host_has(string lesson) =>
        Assert.Empty(PortableLint.Check(Lessons.PathOf(lesson)));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Its_cells_show_the_same_through_the_scripting_that_dotnet_interactive_uses(
        string lesson
    )
    {
        // Roslyn's scripting brings F# assemblies a second FSharp.Core, where .NET Interactive has one for them all.
        Assert.SkipWhen(
            Lessons.Load(lesson).RequiredPackages.Count > 0,
            $"tests/Workbook.Packages.Tests runs {lesson} in .NET Interactive itself"
        );
        await BothHosts.AssertSameAsync(
            Path.GetDirectoryName(Lessons.PathOf(lesson))!,
            Lessons.Code(Lessons.Load(lesson)).Select(cell => cell.Source)
        );
    }
}
