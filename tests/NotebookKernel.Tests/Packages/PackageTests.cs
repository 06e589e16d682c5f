namespace NotebookKernel.Tests;

public sealed class PackageTests : IDisposable
{
    private const string Json = "#r \"nuget: Newtonsoft.Json, 13.0.1\"";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("notebook");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_package_is_restored_and_used()
    {
        var session = new CellSession(folder.FullName);
        await RestoreAsync(session);
        var ran = await session.RunAsync(
            "using Newtonsoft.Json;\nJsonConvert.SerializeObject(new { a = 1 })"
        );
        Assert.Equal("{\"a\":1}", ran.Value);
    }

    [Fact]
    public async Task Lines_after_a_package_keep_their_numbers_and_types_of_the_same_cell_are_known()
    {
        var session = new CellSession(folder.FullName);
        await RestoreAsync(session);
        var error = await session.RunAsync(
            $"{Json}\nusing Newtonsoft.Json.Linq;\nJObject.Parse(1)"
        );
        Assert.StartsWith("Cell 2, line 3, column 15: error CS1503", error.Error.Message);
    }

    [Fact]
    public async Task A_package_that_does_not_exist_is_one_clear_error_and_does_not_spoil_the_next()
    {
        var session = new CellSession(folder.FullName);
        var error = (
            await session.RunAsync("#r \"nuget: No.Such.Package.Anywhere, 1.2.3\"\n1")
        ).Error;
        Assert.Equal("PackageException", error.Name);
        Assert.StartsWith("No.Such.Package.Anywhere 1.2.3 cannot be restored: NU", error.Message);
        await RestoreAsync(session);
        Assert.Equal("1", (await session.RunAsync($"{Json}\n1")).Value);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_told_and_forgotten()
    {
        // A settings file of the notebook's own: no feed but the one that the cell names.
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "NuGet.config"),
            "<configuration><packageSources><clear /></packageSources></configuration>"
        );
        var session = new CellSession(folder.FullName);
        var error = (
            await session.RunAsync(
                "#i \"nuget: ./no-such-folder\"\n#r \"nuget: Some.Package, 1.0.0\""
            )
        ).Error;
        Assert.StartsWith("Some.Package 1.0.0 cannot be restored: NU1301", error.Message);
        Assert.Contains("connect to the network", error.Message);
        var again = (await session.RunAsync("#r \"nuget: Some.Package, 1.0.0\"")).Error;
        Assert.DoesNotContain("no-such-folder", again.Message);
    }

    [Fact]
    public async Task A_record_of_a_restore_that_is_gone_or_broken_is_no_record()
    {
        var assets = Path.Combine(folder.FullName, "project.assets.json");
        Assert.Null(RestoredPackages.Read(assets));
        foreach (var text in new[] { "", "{\"targets\":", "{}", "[]", "{\"targets\":{\"a\":1}}" })
        {
            await File.WriteAllTextAsync(assets, text);
            Assert.Null(RestoredPackages.Read(assets));
        }
    }

    [Fact]
    public void What_a_restore_found_is_read_with_its_native_libraries()
    {
        var package = Directory.CreateDirectory(Path.Combine(folder.FullName, "a", "1.0.0"));
        foreach (var file in new[] { "lib/net8.0/A.dll", "runtimes/linux-x64/native/liba.so" })
        {
            var path = Path.Combine(package.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
        var assets = Path.Combine(folder.FullName, "project.assets.json");
        File.WriteAllText(
            assets,
            $$$"""
            {"targets":{"net10.0":{},"net10.0/linux-x64":{
              "A/1.0.0":{"type":"package",
                "runtime":{"lib/net8.0/A.dll":{}},
                "native":{"runtimes/linux-x64/native/liba.so":{} } },
              "B/1.0.0":{"type":"package","runtime":{"lib/net8.0/_._":{} } } } },
             "libraries":{"A/1.0.0":{"path":"a/1.0.0"},"B/1.0.0":{"path":"a/1.0.0"}},
             "packageFolders":{"{{{folder.FullName.Replace("\\", "\\\\")}}}":{} } }
            """
        );
        var found = RestoredPackages.Read(assets);
        Assert.NotNull(found);
        Assert.Equal([Path.Combine(package.FullName, "lib", "net8.0", "A.dll")], found.Assemblies);
        Assert.Equal(
            [Path.Combine(package.FullName, "runtimes", "linux-x64", "native")],
            found.NativeFolders
        );
    }

    // Skips where no feed serves packages.
    private static async Task RestoreAsync(CellSession session)
    {
        var ran = await session.RunAsync(Json);
        Assert.SkipWhen(
            ran.Result.Error is { Name: "PackageException" },
            $"needs NuGet packages: {ran.Result.Error?.Message}"
        );
        Assert.Null(ran.Result.Error?.Message);
    }
}
