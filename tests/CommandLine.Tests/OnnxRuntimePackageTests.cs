using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Workbook.CommandLine.Tests;

/// <summary>ONNX Runtime as a NuGet package instead of from npm, by the one property OnnxRuntimeSource.</summary>
public sealed class OnnxRuntimePackageTests : IDisposable
{
    // A version that nobody publishes, so that it is never taken for the real one.
    private const string Version = "1.29.0-from-npm";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <remarks>
    /// Explicit, for it downloads 150 MB once and builds the library anew:
    /// <c>dotnet test --project tests/CommandLine.Tests -- --explicit only</c>
    /// </remarks>
    [Fact(Explicit = true)]
    public async Task The_library_runs_on_a_package_made_from_what_npm_brought()
    {
        var npm = Path.Combine(Goldens.Repository, "artifacts", "onnxruntime-from-npm");
        await DotnetAsync(
            Goldens.Repository,
            "build",
            Path.Combine("lib", "OnnxRuntime"),
            "-p:OnnxRuntimeSource=npm",
            $"-p:ArtifactsPath={npm}"
        );
        WritePackage(Path.Combine(npm, "bin", "OnnxRuntime", "release"));
        WriteProgram();

        await DotnetAsync(
            folder.Path,
            "build",
            "-c:Release",
            "-p:OnnxRuntimeSource=NuGet",
            $"-p:OnnxRuntimeVersion={Version}",
            $"-p:ArtifactsPath={folder["artifacts"]}",
            $"-p:RestoreAdditionalProjectSources={folder.Path}",
            $"-p:RestorePackagesPath={folder["packages"]}" // this machine's own folder never sees it
        );
        var runtime = Path.Combine(folder["packages"], "microsoft.ml.onnxruntime", Version);
        Assert.True(Directory.Exists(runtime), "another package was taken");

        await DotnetAsync(folder.Path, folder["artifacts/bin/Program/release/Program.dll"]);
        Assert.Equal("1.29.0: 0.765", File.ReadAllText(folder["answer.txt"]));
    }

    private void WritePackage(string built)
    {
        using var package = ZipFile.Open(
            folder[$"Microsoft.ML.OnnxRuntime.{Version}.nupkg"],
            ZipArchiveMode.Create
        );
        using (
            var nuspec = new StreamWriter(
                package.CreateEntry("Microsoft.ML.OnnxRuntime.nuspec").Open()
            )
        )
            nuspec.Write(
                $"""
                <package>
                  <metadata>
                    <id>Microsoft.ML.OnnxRuntime</id>
                    <version>{Version}</version>
                    <authors>a test</authors>
                    <description>What npm brought, as a package.</description>
                    <dependencies>
                      <group targetFramework="net10.0">
                        <dependency id="System.Numerics.Tensors" version="9.0.0" />
                      </group>
                    </dependencies>
                  </metadata>
                </package>
                """
            );
        package.CreateEntryFromFile(
            Path.Combine(built, "Microsoft.ML.OnnxRuntime.dll"),
            "lib/net10.0/Microsoft.ML.OnnxRuntime.dll"
        );
        var native = Directory
            .EnumerateFiles(built)
            .Single(file =>
                Path.GetFileName(file)
                    is "libonnxruntime.so"
                        or "onnxruntime.dll"
                        or "libonnxruntime.dylib"
            );
        package.CreateEntryFromFile(
            native,
            $"runtimes/{RuntimeInformation.RuntimeIdentifier}/native/{Path.GetFileName(native)}"
        );
    }

    private void WriteProgram()
    {
        var library = Path.Combine(
            Goldens.Repository,
            "lib/SentenceTransformers/SentenceTransformers.csproj"
        );
        folder.Write(
            "Program.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseArtifactsOutput>true</UseArtifactsOutput>
                <NoWarn>NU1603</NoWarn>
              </PropertyGroup>
              <ItemGroup><ProjectReference Include="{library}" /></ItemGroup>
            </Project>
            """
        );
        folder.Write(
            "Program.cs",
            $$"""
            using SentenceTransformers;
            using var model = SentenceTransformer.Load("{{Path.Combine(
                Goldens.Repository,
                "models",
                "ko-mini"
            )}}");
            var vectors = model.Encode(["오늘 날씨가 좋아요", "오늘 하늘이 맑아요"]);
            var cosine = Similarity.Cosine(vectors[0], vectors[1]).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
            var runtime = Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString(); // the native library's
            File.WriteAllText("answer.txt", $"{runtime}: {cosine}");
            """
        );
    }

    private static async Task DotnetAsync(string folder, params string[] arguments)
    {
        var errors = await DotnetProcess.RunAsync(folder, CancellationToken.None, arguments);
        Assert.True(errors is null, string.Join('\n', errors ?? []));
    }
}
