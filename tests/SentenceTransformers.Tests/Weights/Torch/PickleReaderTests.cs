namespace SentenceTransformers.Tests;

/// <summary>Pickles that do more than build a state dict, each made by hand: none of it is done, and the error says what and where.</summary>
public sealed class PickleReaderTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public static TheoryData<string, byte[], string> Pickles =>
        new()
        {
            {
                "os.system('touch /tmp/owned')",
                New().Global("os", "system").Text("touch /tmp/owned").Bytes(0x85).Op('R').Stop(),
                "Global at byte 2: os.system is refused: a checkpoint is read for its tensors alone"
            },
            {
                "posix.system, as os.system pickles itself",
                New().Global("posix", "system").Stop(),
                "Global at byte 2: posix.system is refused"
            },
            {
                "builtins.eval",
                New().Global("builtins", "eval").Stop(),
                "builtins.eval is refused"
            },
            {
                "Python 2's __builtin__.eval",
                New().Global("__builtin__", "eval").Stop(),
                "__builtin__.eval is refused"
            },
            {
                "another function of torch._utils",
                New().Global("torch._utils", "_import_dotted_name").Stop(),
                "torch._utils._import_dotted_name is refused"
            },
            { "torch.load itself", New().Global("torch", "load").Stop(), "torch.load is refused" },
            {
                "a whole model",
                New().Global("transformers", "BertModel").Stop(),
                "transformers.BertModel is refused"
            },
            {
                "STACK_GLOBAL",
                New().Text("os").Text("system").Bytes(0x93).Stop(),
                "StackGlobal at byte 24: os.system is refused"
            },
            { "STACK_GLOBAL of nothing", New().Bytes(0x93).Stop(), "StackGlobal at byte 2" },
            {
                "INST",
                New().Op('(').Op('i').Bytes("os\nsystem\n"u8.ToArray()).Stop(),
                "Inst at byte 3: os.system is refused"
            },
            {
                "OBJ",
                New().Op('(').Global("collections", "OrderedDict").Op('o').Stop(),
                "Obj at byte 30: this opcode"
            },
            {
                "NEWOBJ",
                New().Global("collections", "OrderedDict").Op(')').Bytes(0x81).Stop(),
                "NewObj at byte 30: this opcode"
            },
            { "NEWOBJ_EX", New().Bytes(0x92).Stop(), "NewObjEx at byte 2" },
            { "EXT1", New().Bytes(0x82, 1).Stop(), "Ext1 at byte 2" },
            { "EXT2", New().Bytes(0x83, 1, 0).Stop(), "Ext2 at byte 2" },
            { "EXT4", New().Bytes(0x84, 1, 0, 0, 0).Stop(), "Ext4 at byte 2" },
            { "PERSID", New().Op('P').Bytes("0\n"u8.ToArray()).Stop(), "PersId at byte 2" },
            {
                "BINPERSID of a module",
                New().Op('(').Text("module").Text("source").Op('t', 'Q').Stop(),
                "BinPersId at byte 30: a persistent id that is not a storage's"
            },
            { "BINPERSID of a text", New().Text("0").Op('Q').Stop(), "not a storage's" },
            {
                "a storage of no class",
                New()
                    .Op('(')
                    .Text("storage")
                    .Global("torch", "float32")
                    .Text("0")
                    .Text("cpu")
                    .Number(1)
                    .Op('t', 'Q')
                    .Stop(),
                "torch.float32 is no class of storage"
            },
            {
                "two sizes of one storage",
                New()
                    .Storage(TorchView.Floats("", "0", [1], 1), false)
                    .Storage(TorchView.Floats("", "0", [2], 1, 2), false)
                    .Stop(),
                "storage 0 is F32 [1], then F32 [2]"
            },
            { "PROTO 4", [0x80, 4, (byte)'N', (byte)'.'], "Proto at byte 0: protocol 4" },
            { "no PROTO", "N."u8.ToArray(), "None at byte 0: expected PROTO" },
            { "no opcode", New().Bytes(0xff).Stop(), "255 at byte 2: this opcode" },
            { "an empty stack", New().Stop(), "Stop at byte 2: expected 1 value on the stack" },
            { "POP", New().Op('N', '0').Stop(), "Pop at byte 3" },
            { "TUPLE2 of one", New().Op('N').Bytes(0x86).Stop(), "the stack is empty" },
            { "TUPLE2 across a MARK", New().Op('N', '(', 'N').Bytes(0x86).Stop(), "is empty" },
            { "TUPLE without a MARK", New().Op('t').Stop(), "no MARK" },
            { "a MARK left over", New().Op('N', '(').Stop(), "expected 1 value" },
            { "REDUCE of a text", New().Text("f").Op(')', 'R').Stop(), "expected a function" },
            {
                "REDUCE of a class of storage",
                New().Global("torch", "FloatStorage").Op(')', 'R').Stop(),
                "found torch.FloatStorage: refused"
            },
            {
                "OrderedDict of something",
                New().Global("collections", "OrderedDict").Op('N').Bytes(0x85).Op('R').Stop(),
                "collections.OrderedDict: other arguments"
            },
            {
                "_rebuild_tensor_v2 of nothing",
                New().Global("torch._utils", "_rebuild_tensor_v2").Op(')', 'R').Stop(),
                "_rebuild_tensor_v2: other arguments"
            },
            {
                "BUILD with another attribute",
                New().EmptyOrderedDict().Op('}').Text("__class__").Op('N', 's', 'b').Stop(),
                "expected the _metadata of an OrderedDict"
            },
            { "BUILD of a list", New().Op(']', '}', 'b').Stop(), "expected the _metadata" },
            { "APPEND to a number", New().Number(1).Op('N', 'a').Stop(), "expected a list" },
            { "SETITEM of a number", New().Number(1).Op('N', 'N', 's').Stop(), "a dictionary" },
            { "SETITEMS of three", New().Op('}', '(', 'N', 'N', 'N', 'u').Stop(), "each key" },
            { "a key that is a tuple", New().Op('}', ')', 'N', 's').Stop(), "keys that are texts" },
            {
                "a key twice",
                New().Op('}').Text("w").Op('N', 's').Text("w").Op('N', 's').Stop(),
                "\"w\" is set twice"
            },
            { "a memo not filled", New().Get(3).Stop(), "value 3 is not known" },
            {
                "a memo with a gap",
                New().Op('N').Op('r').Bytes(0xff, 0xff, 0xff, 0xff).Stop(),
                "remembers value 4294967295 after 0 values"
            },
            {
                "a text longer than the file",
                New().Op('X').Bytes(0xff, 0xff, 0xff, 0x7f).Stop(),
                "a text of 2,147,483,647 bytes"
            },
            { "a text that is no UTF-8", New().Op('X').Bytes(1, 0, 0, 0, 0x80).Stop(), "UTF-8" },
            { "LONG1 of 9 bytes", New().Bytes([0x8a, 9, .. new byte[9]]).Stop(), "too large" },
            { "LONG4", New().Bytes(0x8b, 1, 0, 0, 0, 1).Stop(), "Long4 at byte 2" },
            { "a class without an end", New().Op('c').Bytes(new byte[300]).Stop(), "longer than" },
            {
                "no STOP",
                New().Op('N').ToArray(),
                "None at byte 2: the pickle ends before its STOP"
            },
            { "no state dict", New().Op(']').Stop(), "expected a state dict" },
            { "an empty state dict", New().Op('}').Stop(), "holds no tensors" },
            {
                "a training checkpoint",
                New().Op('}').Text("state_dict").Op('}', 's').Stop(),
                "holds a dictionary \"state_dict\" and no tensors; expected a plain state dict"
            },
        };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Pickles))]
    public void A_pickle_of_anything_but_tensors_is_refused(
        string what,
        byte[] pickle,
        string problem
    )
    {
        foreach (var file in new[] { TorchFile.Archive(pickle), TorchFile.Legacy(pickle) })
        {
            var path = folder.Write("pytorch_model.bin", file);
            var error = Assert.Throws<ModelFormatException>(() => WeightFile.Open(path));
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            if (what != "no STOP" || file[0] == 'P') // a legacy pickle has no end of its own
                Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }
        Assert.False(File.Exists("/tmp/owned"));
    }

    [Fact]
    public void Laughs_by_the_billion_cost_no_more_than_their_bytes()
    {
        // A tuple of ten times the tuple before it, fifty times over: 10^50 texts, were anyone to count them.
        var pickle = New().Op('}').Text("w").Tensor(One, legacy: false).Op('s');
        for (var level = 0; level < 50; level++)
        {
            var before = pickle.Last;
            pickle.Text($"laugh {level}").Op('(');
            for (var i = 0; i < 10; i++)
                pickle.Get(before);
            pickle.Op('t').Put().Op('s');
        }
        var path = folder.Write("pytorch_model.bin", TorchFile.Archive(pickle.Stop(), One));
        using var file = WeightFile.Open(path);
        Assert.Equal(["w"], file.Tensors.Keys);
    }

    [Fact]
    public void Lists_within_lists_to_any_depth_are_no_matter()
    {
        var pickle = New().Op('}').Text("w").Tensor(One, legacy: false).Op('s').Text("deep");
        pickle.Op([.. Enumerable.Repeat(']', 1_000_000)]);
        pickle.Op([.. Enumerable.Repeat('a', 999_999)]);
        var path = folder.Write("pytorch_model.bin", TorchFile.Archive(pickle.Op('s').Stop(), One));
        using var file = WeightFile.Open(path);
        Assert.Equal([1], file.ReadFloats("w"));
    }

    [Fact]
    public void A_pickle_of_more_opcodes_than_any_model_needs_is_refused()
    {
        var pickle = New().Op([.. Enumerable.Repeat('N', 1 << 22)]).Stop();
        var path = folder.Write("pytorch_model.bin", TorchFile.Archive(pickle));
        var error = Assert.Throws<ModelFormatException>(() => WeightFile.Open(path));
        Assert.EndsWith("more than 4,194,304 opcodes", error.Message, StringComparison.Ordinal);
    }

    private static TorchView One => TorchView.Floats("w", "0", [1], 1);

    private static PickleWriter New() => new();
}
