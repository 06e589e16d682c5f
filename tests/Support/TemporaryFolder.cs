using System.Text;

namespace Workbook.TestSupport;

/// <summary>A folder of a test's own, deleted when the test ends.</summary>
internal class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("workbook-test-").FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text) =>
        Write(name, new UTF8Encoding(false).GetBytes(text));

    /// <summary>Writes a file, and the folders above it, and returns its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Copies a file into the folder and returns its path there.</summary>
    public string Copy(string file, string name) => Write(name, File.ReadAllBytes(file));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
