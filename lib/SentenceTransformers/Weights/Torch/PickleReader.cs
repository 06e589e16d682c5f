using System.Buffers.Binary;
using System.Text;

namespace SentenceTransformers;

/// <summary>Reads the pickle of a state dict as data: it builds dictionaries, lists, tuples, numbers, texts and tensors, and nothing else.</summary>
/// <remarks>
/// A pickle is a program for a stack machine, and Python's runs whatever function the program names: a downloaded checkpoint
/// can call os.system. This machine knows the opcodes that torch.save writes (protocol 2) and the few names of
/// <see cref="TorchObjects"/>, which it never calls but understands; at any other it stops. What it builds are references,
/// walked by nobody deeper than one level, so nesting and sharing cost no more than the bytes that spell them.
/// </remarks>
internal sealed class PickleReader(BinaryFile file, string part, long end, TorchObjects objects)
{
    // A tensor takes about 40 opcodes, a module's metadata 6: enough for 90,000 tensors a file.
    private const int MaximumOpcodes = 1 << 22;
    private const int MaximumText = 1 << 16;
    private const int MaximumBytes = 64 << 20;
    private const int Protocol = 2;

    private readonly long begin = file.Position;
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = []; // the height of the stack at each MARK
    private readonly List<object?> memo = [];
    private PickleOpcode opcode;
    private long place; // of the opcode, from the pickle's first byte

    /// <summary>Runs the pickle that begins where the file stands, and leaves the file behind it.</summary>
    /// <returns>null, bool, long, double, string, object?[] for a tuple, List, Dictionary by text, or a tensor.</returns>
    /// <exception cref="ModelFormatException">The pickle names another opcode or class, or breaks the format; the message says where.</exception>
    public object? Read()
    {
        for (var count = 0; count < MaximumOpcodes; count++)
        {
            if (file.Position >= end)
                throw Invalid("the pickle ends before its STOP");
            place = file.Position - begin;
            if (place > MaximumBytes)
                throw Invalid($"the pickle is longer than {MaximumBytes:N0} bytes");
            opcode = (PickleOpcode)file.Number<byte>();
            if (count == 0 && opcode != PickleOpcode.Proto)
                throw Invalid("expected PROTO, a pickle's first opcode");
            Execute();
            if (opcode == PickleOpcode.Stop)
                return stack.Count == 1 && marks.Count == 0
                    ? stack[0]
                    : throw Invalid($"expected 1 value on the stack, found {stack.Count}");
        }
        throw Invalid($"more than {MaximumOpcodes:N0} opcodes");
    }

    private void Execute()
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                if (file.Number<byte>() is not Protocol and var version)
                    throw Invalid($"protocol {version}, expected {Protocol}, as torch.save writes");
                break;
            case PickleOpcode.Stop:
                break;
            case PickleOpcode.None:
                Push(null);
                break;
            case PickleOpcode.NewTrue:
                Push(true);
                break;
            case PickleOpcode.NewFalse:
                Push(false);
                break;
            case PickleOpcode.BinInt:
                Push((long)file.Number<int>());
                break;
            case PickleOpcode.BinInt1:
                Push((long)file.Number<byte>());
                break;
            case PickleOpcode.BinInt2:
                Push((long)file.Number<ushort>());
                break;
            case PickleOpcode.Long1:
                Push(LongInteger());
                break;
            case PickleOpcode.BinFloat:
                Push(BinaryPrimitives.ReadDoubleBigEndian(file.Bytes(sizeof(double))));
                break;
            case PickleOpcode.BinUnicode:
                Push(Text());
                break;
            case PickleOpcode.EmptyTuple:
                Push(Array.Empty<object?>());
                break;
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                Push(PopMany(opcode - PickleOpcode.Tuple1 + 1));
                break;
            case PickleOpcode.Tuple:
                Push(PopToMark());
                break;
            case PickleOpcode.EmptyList:
                Push(new List<object?>());
                break;
            case PickleOpcode.Append:
                Append(PopMany(1));
                break;
            case PickleOpcode.Appends:
                Append(PopToMark());
                break;
            case PickleOpcode.EmptyDict:
                Push(new Dictionary<string, object?>());
                break;
            case PickleOpcode.SetItem:
                SetItems(PopMany(2));
                break;
            case PickleOpcode.SetItems:
                SetItems(PopToMark());
                break;
            case PickleOpcode.Mark:
                marks.Push(stack.Count);
                break;
            case PickleOpcode.BinPut:
                Remember(file.Number<byte>());
                break;
            case PickleOpcode.LongBinPut:
                Remember(file.Number<uint>());
                break;
            case PickleOpcode.BinGet:
                Push(Recall(file.Number<byte>()));
                break;
            case PickleOpcode.LongBinGet:
                Push(Recall(file.Number<uint>()));
                break;
            case PickleOpcode.Global:
                Push(Global(Line(), Line()));
                break;
            case PickleOpcode.BinPersId:
                Push(Understand(objects.Storage, Pop()));
                break;
            case PickleOpcode.Reduce:
                var arguments = Pop();
                Push(Understand(callable => TorchObjects.Call(callable, arguments), Pop()));
                break;
            case PickleOpcode.Build:
                Build(Pop());
                break;
            case PickleOpcode.Inst: // the opcodes that name a class are refused by its name
                throw Refused(Line(), Line());
            case PickleOpcode.StackGlobal when stack is [.., string module, string name]:
                throw Refused(module, name);
            default:
                throw Invalid("this opcode is none of those that a state dict needs; refused");
        }
    }

    private TorchName Global(string module, string name) =>
        TorchObjects.Find(module, name) ?? throw Refused(module, name);

    // Only what a state dict carries about its modules' versions, which nobody here asks for.
    private void Build(object? state)
    {
        if (
            Top() is not Dictionary<string, object?>
            || state is not Dictionary<string, object?> attributes
            || attributes.Keys.Any(key => key != "_metadata")
        )
            throw Invalid("expected the _metadata of an OrderedDict");
    }

    private void Append(object?[] items)
    {
        if (Top() is not List<object?> list)
            throw Invalid("expected a list to append to");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not Dictionary<string, object?> dictionary || items.Length % 2 != 0)
            throw Invalid("expected a dictionary, and a value for each key");
        foreach (var item in items.Chunk(2))
        {
            if (item[0] is not string key)
                throw Invalid("expected keys that are texts");
            if (!dictionary.TryAdd(key, item[1]))
                throw Invalid($"\"{key}\" is set twice");
        }
    }

    // Picklers count from 0 on; a number beyond the next would be a table of another's choosing.
    private void Remember(long number)
    {
        if (number > memo.Count)
            throw Invalid($"remembers value {number} after {memo.Count} values");
        if (number == memo.Count)
            memo.Add(Top());
        else
            memo[(int)number] = Top();
    }

    private object? Recall(long number) =>
        number < memo.Count ? memo[(int)number] : throw Invalid($"value {number} is not known");

    private void Push(object? value) => stack.Add(value);

    private object? Pop() => PopMany(1)[0];

    private object? Top()
    {
        RequireOnStack(1);
        return stack[^1];
    }

    private object?[] PopToMark()
    {
        var count = marks.Count == 0 ? throw Invalid("no MARK") : stack.Count - marks.Peek();
        var values = PopMany(count);
        marks.Pop();
        return values;
    }

    private object?[] PopMany(int count)
    {
        RequireOnStack(count);
        var values = stack[^count..].ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private void RequireOnStack(int count)
    {
        var floor = marks.Count == 0 ? 0 : marks.Peek();
        if (stack.Count - count < floor)
            throw Invalid("the stack is empty");
    }

    private long LongInteger()
    {
        var length = file.Number<byte>();
        if (length > sizeof(long))
            throw Invalid($"a number of {length} bytes is too large");
        var number = 0L;
        foreach (var digit in file.Bytes(length).Reverse())
            number = number << 8 | digit;
        var unused = 64 - 8 * length;
        return length == 0 ? 0 : number << unused >> unused; // its sign is its uppermost bit
    }

    private string Text()
    {
        var length = file.Number<uint>();
        if (length > MaximumText)
            throw Invalid($"a text of {length:N0} bytes, expected at most {MaximumText:N0}");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(
                file.Bytes((int)length)
            );
        }
        catch (DecoderFallbackException error)
        {
            throw Invalid("a text that is not valid UTF-8", error);
        }
    }

    private string Line()
    {
        const int MaximumLine = 256;
        var line = new StringBuilder();
        while (file.Number<byte>() is not (byte)'\n' and var letter)
            if (line.Append((char)letter).Length > MaximumLine)
                throw Invalid($"the name of a class is longer than {MaximumLine} bytes");
        return line.ToString();
    }

    private object Understand(Func<object?, object> read, object? value)
    {
        try
        {
            return read(value);
        }
        catch (FormatException error)
        {
            throw Invalid(error.Message, error);
        }
    }

    private ModelFormatException Refused(string module, string name) =>
        Invalid($"{module}.{name} is refused: a checkpoint is read for its tensors alone");

    private ModelFormatException Invalid(string problem, Exception? cause = null) =>
        file.Invalid($"{part}: {opcode} at byte {place}: {problem}", cause);
}
