using System.Runtime.InteropServices;
using System.Text;

namespace Workbook.CommandLine;

/// <summary>NumPy's .npy format, version 1.0: a header in Python's own words, then the numbers.</summary>
internal static class NpyFile
{
    /// <summary>Writes a float32 matrix, row after row.</summary>
    public static void Write(string path, float[][] rows)
    {
        var columns = rows.Length == 0 ? 0 : rows[0].Length;
        var header =
            $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows.Length}, {columns}), }}";
        // Magic, version, length and header together fill a multiple of 64 bytes; the header ends in a newline.
        header = header.PadRight((10 + header.Length + 1 + 63) / 64 * 64 - 10 - 1) + "\n";
        using var file = File.Create(path);
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
        file.Write(BitConverter.GetBytes((ushort)header.Length));
        file.Write(Encoding.ASCII.GetBytes(header));
        foreach (var row in rows)
            file.Write(MemoryMarshal.AsBytes<float>(row));
    }
}
