using System.Text;

namespace SentenceTransformers.Tests;

/// <summary>Writes pickles opcode by opcode, honest ones and others.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [];
    private uint memo;

    public PickleWriter() => Bytes(0x80, 2); // PROTO

    /// <summary>The number of the value that was remembered last.</summary>
    public byte Last => (byte)(memo - 1);

    public byte[] ToArray() => [.. bytes];

    public byte[] Stop() => Op('.').ToArray();

    public PickleWriter Bytes(params byte[] values)
    {
        bytes.AddRange(values);
        return this;
    }

    public PickleWriter Op(params char[] opcodes) =>
        Bytes(opcodes.Select(opcode => (byte)opcode).ToArray());

    /// <summary>Remembers the value on top, as Python's pickler does after almost every value.</summary>
    public PickleWriter Put() =>
        memo < 256 ? Op('q').Bytes((byte)memo++) : Op('r').Bytes(BitConverter.GetBytes(memo++));

    public PickleWriter Get(byte number) => Op('h').Bytes(number);

    public PickleWriter Global(string module, string name) =>
        Op('c').Bytes(Encoding.UTF8.GetBytes($"{module}\n{name}\n")).Put();

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Op('X').Bytes(BitConverter.GetBytes(utf8.Length)).Bytes(utf8).Put();
    }

    public PickleWriter Number(long number) =>
        number switch
        {
            >= 0 and < 256 => Op('K').Bytes((byte)number),
            >= 0 and < 65536 => Op('M').Bytes(BitConverter.GetBytes((ushort)number)),
            >= int.MinValue and <= int.MaxValue => Op('J')
                .Bytes(BitConverter.GetBytes((int)number)),
            _ => Bytes(0x8a, 8).Bytes(BitConverter.GetBytes(number)), // LONG1
        };

    public PickleWriter Numbers(IReadOnlyList<long> numbers)
    {
        Op('(');
        foreach (var number in numbers)
            Number(number);
        return Op('t').Put();
    }

    public PickleWriter EmptyOrderedDict() =>
        Global("collections", "OrderedDict").Op(')', 'R').Put();

    /// <summary>A tensor as torch pickles it: a function, and its arguments.</summary>
    public PickleWriter Tensor(TorchView view, bool legacy)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Storage(view, legacy);
        Number(view.Start).Numbers(view.Shape).Numbers(view.Strides).Bytes(0x89); // NEWFALSE
        return EmptyOrderedDict().Op('t').Put().Op('R').Put();
    }

    public PickleWriter Storage(TorchView view, bool legacy)
    {
        Op('(').Text("storage").Global("torch", view.Class).Text(view.Key).Text("cpu");
        Number(view.Count);
        if (legacy)
            Op('N'); // no view of another storage
        return Op('t').Put().Op('Q');
    }
}
