using System.Buffers.Binary;
using System.Text;

namespace SentenceTransformers;

/// <summary>Finds the entries of a zip archive in its central directory, without unpacking any.</summary>
/// <remarks>
/// Reads what torch.save writes: entries stored without compression, so that their bytes lie in the file as they are (which
/// System.IO.Compression does not tell), and sizes of 64 bits. Field by field as in PKWARE's APPNOTE.TXT, section 4.3.
/// </remarks>
internal static class ZipDirectory
{
    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const uint End64LocatorSignature = 0x07064b50;
    private const uint End64Signature = 0x06064b50;
    private const int EndLength = 22;
    private const int End64LocatorLength = 20;
    private const int MaximumEntries = 1 << 17;
    private const int MaximumDirectory = 32 << 20;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="ModelFormatException">It is cut short, contradicts the file, or asks for compression; the message names the entry.</exception>
    public static IReadOnlyDictionary<string, ZipEntry> Read(BinaryFile file)
    {
        var (begin, length, count) = FindDirectory(file);
        file.Position = begin;
        var directory = file.Bytes(length).AsSpan();
        var entries = new Dictionary<string, ZipEntry>();
        for (var i = 0; i < count; i++)
        {
            var entry = ReadEntry(file, ref directory);
            if (entry.End > begin)
                throw file.Invalid($"{entry.Name}: reaches into the archive's directory");
            if (!entries.TryAdd(entry.Name, entry))
                throw file.Invalid($"{entry.Name}: two entries have this name");
        }
        if (!directory.IsEmpty)
            throw file.Invalid($"the archive's directory holds more than its {count} entries");
        RequireApart(file, entries.Values);
        return entries;
    }

    // The end of the archive says where the directory lies; a comment may follow it.
    private static (long Begin, int Length, int Count) FindDirectory(BinaryFile file)
    {
        var tailLength = (int)Math.Min(file.Length, EndLength + ushort.MaxValue);
        file.Position = file.Length - tailLength;
        var tail = file.Bytes(tailLength).AsSpan();
        for (var at = tailLength - EndLength; at >= 0; at--)
        {
            var end = tail[at..];
            if (U32(end, 0) != EndSignature || U16(end, EndLength - 2) != end.Length - EndLength)
                continue;
            var place = file.Length - end.Length;
            return End64(file, place) is { } found
                ? Directory(file, found.Place, found.Begin, found.Length, found.Count)
                : Directory(file, place, U32(end, 16), U32(end, 12), U16(end, 10));
        }
        throw file.Invalid("no end of a zip archive: it is cut short");
    }

    private static (long Begin, int Length, int Count) Directory(
        BinaryFile file,
        long end,
        ulong begin,
        ulong length,
        ulong count
    )
    {
        if (length > MaximumDirectory || count > MaximumEntries)
            throw file.Invalid(
                $"a directory of {count:N0} entries in {length:N0} bytes, expected at most {MaximumEntries:N0} in {MaximumDirectory:N0}"
            );
        if (begin > (ulong)end || length > (ulong)end - begin)
            throw file.Invalid(
                $"a directory of {length:N0} bytes at byte {begin} does not fit before its end at byte {end}"
            );
        return ((long)begin, (int)length, (int)count);
    }

    // zip64's own end record, which torch always writes; a locator right before the usual one says where it is.
    private static (long Place, ulong Begin, ulong Length, ulong Count)? End64(
        BinaryFile file,
        long end
    )
    {
        const int End64Length = 56;
        if (end < End64LocatorLength)
            return null;
        file.Position = end - End64LocatorLength;
        var locator = file.Bytes(End64LocatorLength);
        if (U32(locator, 0) != End64LocatorSignature)
            return null;
        var place = U64(locator, 8);
        if (place > (ulong)(end - End64LocatorLength))
            throw file.Invalid($"zip64: an end record at byte {place}, behind its locator");
        file.Position = (long)place;
        var record = file.Bytes(End64Length);
        return U32(record, 0) == End64Signature
            ? ((long)place, U64(record, 48), U64(record, 40), U64(record, 32))
            : throw file.Invalid($"zip64: no end record at byte {place}");
    }

    private static ZipEntry ReadEntry(BinaryFile file, ref Span<byte> directory)
    {
        const int Length = 46;
        const int Encrypted = 1;
        if (directory.Length < Length || U32(directory, 0) != CentralSignature)
            throw file.Invalid("the archive's directory is broken");
        int nameLength = U16(directory, 28);
        int extraLength = U16(directory, 30);
        var total = Length + nameLength + extraLength + U16(directory, 32);
        if (directory.Length < total)
            throw file.Invalid("the archive's directory is cut short");
        var rawName = directory.Slice(Length, nameLength);
        var name = Name(file, rawName);
        if ((U16(directory, 8) & Encrypted) != 0)
            throw file.Invalid($"{name}: encrypted");
        if (U16(directory, 10) != 0)
            throw file.Invalid($"{name}: compressed; torch.save stores its entries as they are");

        var (size, packedSize, header) = Sizes(
            file,
            name,
            directory,
            directory.Slice(Length + nameLength, extraLength)
        );
        if (size != packedSize)
            throw file.Invalid($"{name}: {size} bytes stored in {packedSize}");
        var begin = DataBegin(file, name, rawName, header);
        if (size > (ulong)(file.Length - begin))
            throw file.Invalid(
                $"{name}: {size:N0} bytes at byte {begin} of a file of {file.Length:N0}"
            );
        directory = directory[total..];
        return new ZipEntry(name, (long)header, begin, (long)size);
    }

    // Sizes beyond 32 bits stand in the zip64 field of the extra data, those alone and in this order.
    private static (ulong Size, ulong PackedSize, ulong Header) Sizes(
        BinaryFile file,
        string name,
        ReadOnlySpan<byte> record,
        ReadOnlySpan<byte> extra
    )
    {
        const int Zip64 = 1;
        const int FieldHeader = 4;
        ulong[] sizes = [U32(record, 24), U32(record, 20), U32(record, 42)];
        if (!sizes.Contains(uint.MaxValue))
            return (sizes[0], sizes[1], sizes[2]);
        while (extra.Length >= FieldHeader && U16(extra, 0) != Zip64)
            extra = extra[Math.Min(extra.Length, FieldHeader + U16(extra, 2))..];
        var field = extra.Length >= FieldHeader ? extra[FieldHeader..] : [];
        for (var i = 0; i < sizes.Length; i++)
            if (sizes[i] == uint.MaxValue)
            {
                if (field.Length < sizeof(ulong))
                    throw file.Invalid($"{name}: zip64 sizes are missing");
                sizes[i] = U64(field, 0);
                field = field[sizeof(ulong)..];
            }
        return (sizes[0], sizes[1], sizes[2]);
    }

    // An entry's own header repeats its name, and may be followed by padding that the directory does not know of.
    private static long DataBegin(
        BinaryFile file,
        string name,
        ReadOnlySpan<byte> rawName,
        ulong header
    )
    {
        const int Length = 30;
        if (header > (ulong)file.Length)
            throw file.Invalid($"{name}: begins at byte {header} of a file of {file.Length:N0}");
        file.Position = (long)header;
        var local = file.Bytes(Length);
        if (
            U32(local, 0) != LocalSignature
            || U16(local, 8) != 0
            || U16(local, 26) != rawName.Length
            || !file.Bytes(rawName.Length).AsSpan().SequenceEqual(rawName)
        )
            throw file.Invalid($"{name}: the header at byte {header} is not this entry's");
        var begin = file.Position + U16(local, 28);
        return begin <= file.Length
            ? begin
            : throw file.Invalid($"{name}: begins at byte {begin} of a file of {file.Length:N0}");
    }

    // Nothing is written anywhere by these names; one that leads out of the archive is a sign of ill will all the same.
    private static string Name(BinaryFile file, ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.UTF8.GetString(bytes);
        return
            name.Split('/').Any(segment => segment is "." or "..")
            || name.StartsWith('/')
            || name.Any(letter => letter is '\\' or ':' || char.IsControl(letter))
            ? throw file.Invalid($"\"{name}\" is not the path of an entry")
            : name;
    }

    private static void RequireApart(BinaryFile file, IEnumerable<ZipEntry> entries)
    {
        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Header))
        {
            if (entry.Header < end)
                throw file.Invalid($"{entry.Name}: overlaps another entry");
            end = entry.End;
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
