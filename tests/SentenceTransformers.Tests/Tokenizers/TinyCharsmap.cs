using System.Buffers.Binary;
using System.Text;

namespace SentenceTransformers.Tests;

/// <summary>Compiles replacements to a <c>precompiled_charsmap</c>, each node of the trie with a block of 256 units of its own.</summary>
internal static class TinyCharsmap
{
    private const uint IsValue = 1u << 31;
    private const uint HasValue = 1 << 8;

    public static byte[] Build(params (string From, string To)[] replacements)
    {
        var (units, blob) = (new List<uint>(), new List<byte>());
        var root = new Node();
        foreach (var (from, to) in replacements)
        {
            root.At(Encoding.UTF8.GetBytes(from)).Value = (uint)blob.Count;
            blob.AddRange([.. Encoding.UTF8.GetBytes(to), 0]);
        }
        NewBlock(units);
        Add(root, at: 0, label: 0, units);
        return Bytes(units, blob);
    }

    /// <summary>Puts units and replacements together as the file has them.</summary>
    public static byte[] Bytes(List<uint> units, List<byte> blob)
    {
        var bytes = new byte[4 + 4 * units.Count];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(4 * units.Count));
        for (var i = 0; i < units.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + 4 * i), units[i]);
        return [.. bytes, .. blob];
    }

    private static void Add(Node node, uint at, byte label, List<uint> units)
    {
        var start = NewBlock(units);
        units[(int)at] = ((at ^ start) << 10) | (node.Value is null ? 0 : HasValue) | label;
        if (node.Value is { } value)
            units[(int)start] = IsValue | value;
        foreach (var (next, child) in node.Children)
            Add(child, start ^ next, next, units);
    }

    private static uint NewBlock(List<uint> units)
    {
        units.AddRange(new uint[256]);
        return (uint)units.Count - 256;
    }

    private sealed class Node
    {
        public Dictionary<byte, Node> Children { get; } = [];

        public uint? Value { get; set; }

        public Node At(ReadOnlySpan<byte> path)
        {
            if (path.IsEmpty)
                return this;
            if (!Children.TryGetValue(path[0], out var child))
                Children[path[0]] = child = new Node();
            return child.At(path[1..]);
        }
    }
}
