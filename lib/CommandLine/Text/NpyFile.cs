using System.Runtime.InteropServices;
using System.Text;

namespace Workbook.CommandLine;

/// <summary>NumPy's .npy format, version 1.0: a header in Python's own words, then the numbers.</summary>
internal static class NpyFile
{
    /// <summary>Writes a matrix of float32, int8 or uint8, row after row.</summary>
    public static void Write<T>(string path, T[][] rows)
        where T : unmanaged
    {
        var columns = rows.Length == 0 ? 0 : rows[0].Length;
        var header =
            $"{{'descr': '{Descriptor<T>()}', 'fortran_order': False, 'shape': ({rows.Length}, {columns}), }}";
        // Magic, version, length and header together fill a multiple of 64 bytes; the header ends in a newline.
        header = header.PadRight((10 + header.Length + 1 + 63) / 64 * 64 - 10 - 1) + "\n";
        using var file = File.Create(path);
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
        file.Write(BitConverter.GetBytes((ushort)header.Length));
        file.Write(Encoding.ASCII.GetBytes(header));
        foreach (var row in rows)
            file.Write(MemoryMarshal.AsBytes<T>(row));
    }

    private static string Descriptor<T>() =>
        typeof(T) == typeof(float) ? "<f4"
        : typeof(T) == typeof(sbyte) ? "|i1"
        : typeof(T) == typeof(byte) ? "|u1"
        : throw new NotSupportedException(typeof(T).Name);
}
