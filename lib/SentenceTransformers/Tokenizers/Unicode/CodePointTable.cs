using System.Globalization;

namespace SentenceTransformers;

/// <summary>Reads an embedded table of code points: a line a fact, fields separated by spaces, # begins a comment.</summary>
internal static class CodePointTable
{
    public static IEnumerable<string[]> Read(string name)
    {
        using var stream = typeof(CodePointTable).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line[0] != '#')
                yield return line.Split(' ');
    }

    /// <summary>A hexadecimal field.</summary>
    public static int Number(string field) =>
        int.Parse(field, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The code points from the second field to the third, inclusive, or the second alone.</summary>
    public static IEnumerable<int> Range(string[] fields)
    {
        var first = Number(fields[1]);
        return Enumerable.Range(first, Number(fields[fields.Length > 2 ? 2 : 1]) - first + 1);
    }
}
