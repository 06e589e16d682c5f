#!/usr/bin/env -S sh -c 'exec dotnet "$0" -- "$@"'
#:property PublishAot=false
#:property GenerateDocumentationFile=false
#:property NoWarn=$(NoWarn);EnableGenerateDocumentationFile

// The one command. It finds out where ONNX Runtime comes from, builds what has changed, and hands over to
// lib/CommandLine, where the commands themselves live. Only `test` is done here, because it tests those too.
//
//   dotnet workbook.cs run      dotnet workbook.cs test      dotnet workbook.cs help [COMMAND]
//
// `dotnet FILE.cs` keeps --help (and -c, -f, -v ...) for itself; ./workbook.cs, and dotnet workbook.cs -- COMMAND --help,
// pass everything on.

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

// What the runner of a file-based program tells it. Not [CallerFilePath]: a build for CI maps that to /_/workbook.cs.
var root =
    AppContext.GetData("EntryPointFileDirectoryPath") as string
    ?? throw new InvalidOperationException("workbook.cs is run by: dotnet workbook.cs");
var artifacts = Path.Combine(root, "artifacts");
var commands = Path.Combine(artifacts, "bin", "CommandLine", "release", "Workbook.CommandLine.dll");
Directory.CreateDirectory(artifacts);
Console.OutputEncoding = new UTF8Encoding(false);
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true; // the child ends, and this process tells how

// Quiet, and the same words on every machine.
Environment.SetEnvironmentVariable("DOTNET_NOLOGO", "1");
Environment.SetEnvironmentVariable("DOTNET_CLI_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("TESTINGPLATFORM_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("DOTNET_CLI_UI_LANGUAGE", "en");

args =
    args is [] ? ["--help"]
    : args is ["help", .. var topic] ? [.. topic, "--help"]
    : args;
if (args is ["test", .. var rest])
    return rest is ["--help"] or ["-h"] ? TestHelp() : Test(rest);
if (!BuildCommands())
    return 1;
return Run(null, [commands, .. args]);

// ---- building ----------------------------------------------------------------------------------------------------

bool BuildCommands()
{
    var stamp = Path.Combine(artifacts, "commands.stamp");
    var fingerprint = Fingerprint(); // before the build: what is edited while it builds is not yet built
    if (File.Exists(stamp) && File.ReadAllText(stamp) == fingerprint && File.Exists(commands))
        return true;
    if (!Build(Path.Combine("lib", "CommandLine")))
        return false;
    File.WriteAllText(stamp, fingerprint);
    return true;
}

bool Build(string project)
{
    var chosenNow = ChooseOnnxRuntime();
    Say($"building {project}");
    var said = new List<string>();
    var code = Run(
        line =>
        {
            said.Add(line);
            if (line.TrimStart().StartsWith("npm: ", StringComparison.Ordinal))
                Say(line.Trim());
        },
        ["build", project, "-v:m", "-tl:off", "-nologo"]
    );
    foreach (var line in Problems(said, code == 0 ? "warning" : "error"))
        Say(line);
    if (code == 0)
        return true;
    Say($"{project} does not build");
    if (chosenNow is not null)
        File.Delete(chosenNow); // perhaps the network was away: look again next time
    return false;
}

// The build's errors or warnings, each once: it says one while it works and again at the end. What a script of ours says
// ("EXEC : error : what is wrong [project]") is plain already, and makes the build's own word on it superfluous.
static IEnumerable<string> Problems(List<string> said, string kind)
{
    var lines = said.Where(line => Regex.IsMatch(line, $@"(^|\W){kind}\W"))
        .Select(line => Regex.Replace(line.Trim(), @" \[[^\]]+proj\]$", ""))
        .Distinct()
        .ToArray();
    var own = lines
        .Select(line => Regex.Match(line, $"(EXEC|targets\\(.*\\)) ?: {kind} : (.*)$"))
        .Where(match => match.Success)
        .ToArray();
    return own.Length == 0 ? lines : own.Select(match => match.Groups[2].Value);
}

// NuGet's package where it can be had, otherwise the npm package that holds the same binding (see Directory.Build.props).
// Returns the file that the choice was written to, or null where it had been made before.
string? ChooseOnnxRuntime()
{
    var choice = Path.Combine(artifacts, "onnxruntime.props");
    if (File.Exists(choice))
        return null;
    var probe = Path.Combine(artifacts, "probe");
    Directory.CreateDirectory(probe);
    File.WriteAllText(
        Path.Combine(probe, "probe.csproj"),
        """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Microsoft.ML.OnnxRuntime" /></ItemGroup></Project>"""
    );
    var served =
        Run(
            _ => { },
            ["restore", Path.Combine(probe, "probe.csproj"), "-v:q", "-tl:off", "-nologo"]
        ) == 0;
    Directory.Delete(probe, recursive: true);
    var source = served ? "NuGet" : "npm";
    File.WriteAllText(
        choice,
        $"<Project><PropertyGroup><OnnxRuntimeSource Condition=\"'$(OnnxRuntimeSource)' == ''\">{source}</OnnxRuntimeSource></PropertyGroup></Project>\n"
    );
    Say(
        served
            ? "ONNX Runtime: from NuGet"
            : "ONNX Runtime: NuGet does not serve Microsoft.ML.OnnxRuntime here, so it comes from npm (150 MB, once)"
    );
    return choice;
}

// Names, sizes and times of everything that the commands are built from: far quicker than asking the build.
string Fingerprint()
{
    string[] folders = ["lib", ".build"];
    var files = folders
        .SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
        )
        .Concat(Directory.EnumerateFiles(root, "Directory.*.props"))
        .Append(Path.Combine(root, "global.json"))
        .Where(File.Exists)
        .Order(StringComparer.Ordinal)
        .Select(path =>
            $"{Path.GetRelativePath(root, path)} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path).Ticks}"
        );
    return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))));
}

// ---- testing -----------------------------------------------------------------------------------------------------

int TestHelp()
{
    Console.WriteLine(
        """
        Build everything, check its format, and run every test.

        Usage: dotnet workbook.cs test [ARGS...]

        ARGS go to the test programs, such as --filter-class '*Pooling*'.
        Tests that need the reference answers in ../shared are skipped, by name, where that folder is absent.

        Example: dotnet workbook.cs test
        """
    );
    return 0;
}

int Test(string[] arguments)
{
    if (!Build("Workbook.sln"))
        return 1;
    var (passed, failed, skipped) = (0, 0, 0);
    if (!FormatIsRight())
        failed++;
    foreach (
        var project in Directory
            .GetDirectories(Path.Combine(root, "tests"), "*.Tests")
            .Order(StringComparer.Ordinal)
    )
    {
        var name = Path.GetFileName(project);
        Say($"testing {name}");
        var counts = new Dictionary<string, int>();
        var code = Run(
            line =>
            {
                Console.WriteLine(line);
                if (
                    Regex.Match(line, @"^\s*(failed|succeeded|skipped): (\d+)\s*$") is
                    { Success: true } match
                )
                    counts[match.Groups[1].Value] = int.Parse(
                        match.Groups[2].Value,
                        System.Globalization.CultureInfo.InvariantCulture
                    );
            },
            ["test", "--project", project, "--no-build", "--no-ansi", "--no-progress", .. arguments]
        );
        passed += counts.GetValueOrDefault("succeeded");
        skipped += counts.GetValueOrDefault("skipped");
        failed += counts.GetValueOrDefault("failed");
        // 8 is "no test matched the filter"; any other failure without a failed test is a crash, and counts as one.
        if (code is not (0 or 8) && counts.GetValueOrDefault("failed") == 0)
            failed++;
    }
    Console.WriteLine();
    Console.WriteLine(
        $"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : "")
    );
    return failed == 0 && passed > 0 ? 0 : 1;
}

// The formatter is a tool of the repository's own manifest.
bool FormatIsRight()
{
    Say("checking the format (csharpier)");
    var said = new List<string>();
    var right =
        Run(said.Add, ["tool", "restore"]) == 0 && Run(said.Add, ["csharpier", "check", "."]) == 0;
    if (!right)
        said.ForEach(Say);
    return right;
}

// ---- small things ------------------------------------------------------------------------------------------------

// Runs dotnet: with `line` in the repository's root, and its output goes there line by line; without it as this process
// was called, and the child has this terminal.
int Run(Action<string>? line, string[] arguments)
{
    var start = new ProcessStartInfo(
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet"
            ? host
            : "dotnet"
    )
    {
        RedirectStandardOutput = line is not null,
        RedirectStandardError = line is not null,
    };
    if (line is not null)
    {
        start.WorkingDirectory = root;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
    }
    foreach (var argument in arguments)
        start.ArgumentList.Add(argument);
    using var process = Process.Start(start)!;
    if (line is not null)
    {
        var gate = new Lock();
        void Take(object _, DataReceivedEventArgs received)
        {
            lock (gate)
                if (received.Data is { } text)
                    line(text);
        }
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }
    process.WaitForExit();
    return process.ExitCode;
}

void Say(string line) => Console.Error.WriteLine(line);
