using System.Text;

namespace SentenceTransformers.Tests;

/// <summary>Writes checkpoints as torch.save does, byte for byte but for the zip entries' dates and checksums.</summary>
internal static class TorchFile
{
    private const string Folder = "archive";

    /// <summary>The pickle of a state dict.</summary>
    public static byte[] StateDict(bool legacy, params TorchView[] tensors)
    {
        var pickle = new PickleWriter().EmptyOrderedDict().Op('(');
        foreach (var tensor in tensors)
            pickle.Text(tensor.Name).Tensor(tensor, legacy);
        return pickle
            .Op('u') // SETITEMS
            .Op('}')
            .Put()
            .Text("_metadata")
            .EmptyOrderedDict()
            .Op('s', 'b') // SETITEM, BUILD
            .Stop();
    }

    /// <summary>The form since torch 1.6.</summary>
    public static byte[] Archive(params TorchView[] tensors) =>
        Archive(StateDict(legacy: false, tensors), tensors);

    /// <summary>An archive with any pickle.</summary>
    public static byte[] Archive(byte[] pickle, params TorchView[] tensors) =>
        Zip([
            ($"{Folder}/data.pkl", pickle),
            ($"{Folder}/byteorder", "little"u8.ToArray()),
            .. tensors
                .DistinctBy(tensor => tensor.Key)
                .Select(tensor => ($"{Folder}/data/{tensor.Key}", tensor.Storage)),
            ($"{Folder}/version", "3\n"u8.ToArray()),
        ]);

    /// <summary>The form before torch 1.6.</summary>
    public static byte[] Legacy(params TorchView[] tensors) =>
        Legacy(StateDict(legacy: true, tensors), tensors);

    /// <summary>A legacy checkpoint with any pickle.</summary>
    public static byte[] Legacy(byte[] pickle, params TorchView[] tensors)
    {
        var storages = tensors.DistinctBy(tensor => tensor.Key).ToArray();
        var keys = new PickleWriter().Op(']').Put().Op('(');
        foreach (var storage in storages)
            keys.Text(storage.Key);
        return
        [
            .. new PickleWriter()
                .Bytes(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .Stop(),
            .. new PickleWriter().Number(1001).Stop(),
            .. new PickleWriter()
                .Op('}')
                .Put()
                .Op('(')
                .Text("protocol_version")
                .Number(1001)
                .Text("little_endian")
                .Bytes(0x88) // NEWTRUE
                .Op('u')
                .Stop(),
            .. pickle,
            .. keys.Op('e').Stop(), // APPENDS
            .. storages.SelectMany(storage =>
                BitConverter.GetBytes(storage.Count).Concat(storage.Storage)
            ),
        ];
    }

    /// <summary>A zip archive of stored entries, padded to 64 bytes, with zip64's end records.</summary>
    public static byte[] Zip(params (string Name, byte[] Data)[] entries)
    {
        var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        var headers = new List<uint>();
        foreach (var (name, data) in entries)
        {
            headers.Add((uint)file.Position);
            var utf8 = Encoding.UTF8.GetBytes(name);
            var padding = (64 - (file.Position + 30 + utf8.Length + 4) % 64) % 64;
            writer.Write("PK\x03\x04"u8);
            WriteNumbers(writer, 0); // they follow the data
            writer.Write((ushort)utf8.Length);
            writer.Write((ushort)(4 + padding));
            writer.Write(utf8);
            writer.Write("FB"u8);
            writer.Write((ushort)padding);
            writer.Write(new byte[padding]);
            writer.Write(data);
            writer.Write("PK\x07\x08"u8);
            writer.Write(0u); // CRC-32, which torch may leave out
            writer.Write((uint)data.Length);
            writer.Write((uint)data.Length);
        }
        var directory = file.Position;
        foreach (var ((name, data), header) in entries.Zip(headers))
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            writer.Write("PK\x01\x02"u8);
            writer.Write((ushort)0);
            WriteNumbers(writer, (uint)data.Length);
            writer.Write((ushort)utf8.Length);
            writer.Write(new byte[12]); // extra data, comment, disk, attributes
            writer.Write(header);
            writer.Write(utf8);
        }
        var end = file.Position;
        writer.Write("PK\x06\x06"u8);
        writer.Write(44L);
        writer.Write(0x2d031e); // versions
        writer.Write(0L); // disks
        writer.Write((long)entries.Length);
        writer.Write((long)entries.Length);
        writer.Write(end - directory);
        writer.Write(directory);
        writer.Write("PK\x06\x07"u8);
        writer.Write(0);
        writer.Write(end);
        writer.Write(1);
        writer.Write("PK\x05\x06"u8);
        writer.Write(0);
        writer.Write((ushort)entries.Length);
        writer.Write((ushort)entries.Length);
        writer.Write((uint)(end - directory));
        writer.Write((uint)directory);
        writer.Write((ushort)0);
        return file.ToArray();
    }

    // What a local and a central header have in common: version, flags, method, time, date, CRC-32 and the two sizes.
    private static void WriteNumbers(BinaryWriter writer, uint sizes)
    {
        writer.Write((ushort)0);
        writer.Write((ushort)0x0808); // the sizes follow the data; names are UTF-8
        writer.Write((ushort)0);
        writer.Write(0u);
        writer.Write(0u);
        writer.Write(sizes);
        writer.Write(sizes);
    }
}
