using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace SentenceTransformers;

/// <summary>NumPy's .npy format, version 1: a header in Python's own words, then the numbers, row after row.</summary>
public static class NpyFile
{
    private static ReadOnlySpan<byte> Magic =>
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes a matrix of float32, int8 or uint8; shape [rows][columns].</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows, all of one length.</param>
    /// <exception cref="ArgumentException">Rows differ in length.</exception>
    /// <exception cref="NotSupportedException">The numbers are of another type.</exception>
    public static void Write<T>(string path, T[][] rows)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = rows.Length == 0 ? 0 : rows[0].Length;
        var wrong = Array.FindIndex(rows, row => row.Length != columns);
        if (wrong >= 0)
            throw new ArgumentException(
                $"row {wrong} has {rows[wrong].Length} numbers, expected {columns}",
                nameof(rows)
            );
        var header =
            $"{{'descr': '{Descriptor<T>()}', 'fortran_order': False, 'shape': ({rows.Length}, {columns}), }}";
        // Magic, version, length and header together fill a multiple of 64 bytes; the header ends in a newline.
        header = header.PadRight((10 + header.Length + 1 + 63) / 64 * 64 - 10 - 1) + "\n";
        using var file = File.Create(path);
        file.Write(Magic);
        file.Write([1, 0]);
        file.Write(BitConverter.GetBytes((ushort)header.Length));
        file.Write(Encoding.ASCII.GetBytes(header));
        foreach (var row in rows)
            file.Write(MemoryMarshal.AsBytes<T>(row));
    }

    /// <summary>Finds a float32 matrix in a file: where its numbers begin, and its shape.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="ModelFormatException">It is no such file, holds something else, or is cut short.</exception>
    internal static (long Offset, long Rows, int Columns) FindMatrix(string path)
    {
        using var file = new BinaryFile(path);
        if (file.Length < 10 || !file.Bytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            throw file.Invalid("it does not begin as a .npy file does");
        var version = file.Number<byte>();
        file.Number<byte>();
        var length = version switch
        {
            1 => file.Number<ushort>(),
            2 or 3 => (int)Math.Min(file.Number<uint>(), int.MaxValue),
            _ => throw file.Invalid($"version {version} of the format is not known"),
        };
        if (length > MaximumHeader)
            throw file.Invalid($"a header of {length:N0} bytes is longer than any matrix needs");
        var header = Encoding.Latin1.GetString(file.Bytes(length));
        if (Entry(header, "descr", "'([^']*)'") is not "<f4" and var type)
            throw file.Invalid($"descr: expected '<f4', found {Shown(type)}");
        if (Entry(header, "fortran_order", "(True|False)") is not "False" and var order)
            throw file.Invalid($"fortran_order: expected False, found {Shown(order)}");
        var shape = Entry(header, "shape", @"\(([^)]*)\)");
        var sizes = shape?.Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        if (
            sizes is not [var first, var second]
            || !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            || !int.TryParse(
                second,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var columns
            )
        )
            throw file.Invalid($"shape: expected (rows, columns), found {Shown(shape)}");
        var found = file.Length - file.Position;
        // In 128 bits: a header may claim what does not fit in 64.
        if ((Int128)rows * columns * sizeof(float) != found)
            throw file.Invalid(
                $"shape: ({rows}, {columns}) takes {(Int128)rows * columns * sizeof(float):N0} bytes, and {found:N0} follow the header"
            );
        return (file.Position, rows, columns);
    }

    private const int MaximumHeader = 1 << 16;

    // The header is a Python literal; of it, three entries matter.
    private static string? Entry(string header, string key, string value)
    {
        var match = Regex.Match(header, $@"'{key}'\s*:\s*{value}", RegexOptions.NonBacktracking);
        return match.Success ? match.Groups[1].Value : null;
    }

    private static string Shown(string? found) => found is null ? "nothing" : $"'{found}'";

    private static string Descriptor<T>() =>
        typeof(T) == typeof(float) ? "<f4"
        : typeof(T) == typeof(sbyte) ? "|i1"
        : typeof(T) == typeof(byte) ? "|u1"
        : throw new NotSupportedException(typeof(T).Name);
}
