using System.Globalization;

namespace Workbook.CommandLine;

/// <summary>Vectors on standard output: a JSON array of numbers a line.</summary>
internal static class JsonRows
{
    public static void Write<T>(T[][] rows)
        where T : unmanaged, IFormattable
    {
        foreach (var row in rows)
            Console.Out.WriteLine(
                $"[{string.Join(',', row.Select(x => x.ToString(null, CultureInfo.InvariantCulture)))}]"
            );
    }
}
