using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace SentenceTransformers;

/// <summary>Builds an ONNX model in memory, one node at a time.</summary>
/// <remarks>
/// Writes the few messages of onnx.proto3 that an encoder needs, straight in protobuf's wire format: the field numbers below
/// are that file's. Weights are declared, not copied: their bytes are handed to the session at load (see EncoderSession).
/// </remarks>
internal sealed class OnnxGraph(string name)
{
    // LayerNormalization came with opset 17, Gelu with 20; IR version 9 is opset 20's.
    private const int Opset = 20;
    private const int IrVersion = 9;
    private const string RuntimeDomain = "com.microsoft";

    private readonly List<ByteString> nodes = [];
    private readonly List<ByteString> inputs = [];
    private readonly List<ByteString> outputs = [];
    private readonly List<ByteString> initializers = [];
    private int values;

    /// <summary>A model input; a dimension is a name such as "batch".</summary>
    public OnnxValue Input(string inputName, OnnxElement element, params string[] dimensions)
    {
        inputs.Add(ValueInfo(inputName, element, dimensions));
        return new OnnxValue(this, inputName);
    }

    /// <summary>Makes a value a model output under a name of its own.</summary>
    public void Output(
        OnnxValue value,
        string outputName,
        OnnxElement element,
        params string[] dimensions
    )
    {
        nodes.Add(NodeProto("Identity", [value], outputName, [], ""));
        outputs.Add(ValueInfo(outputName, element, dimensions));
    }

    /// <summary>Declares weights whose bytes lie in a file: ONNX's "external data".</summary>
    /// <param name="weightName">The name.</param>
    /// <param name="element">The type of the numbers in the file.</param>
    /// <param name="shape">The length of each axis.</param>
    /// <param name="location">The file, relative to the folder that the session is told.</param>
    /// <param name="offset">Where the first byte lies in it.</param>
    /// <param name="length">How many bytes.</param>
    public OnnxValue Weight(
        string weightName,
        OnnxElement element,
        long[] shape,
        string location,
        long offset,
        long length
    )
    {
        const int external = 1; // TensorProto.DataLocation
        return Initializer(
            weightName,
            element,
            shape,
            proto =>
            {
                Write(proto, 13, KeyValue("location", location));
                Write(proto, 13, KeyValue("offset", offset.ToString(CultureInfo.InvariantCulture)));
                Write(proto, 13, KeyValue("length", length.ToString(CultureInfo.InvariantCulture)));
                Write(proto, 14, external);
            }
        );
    }

    /// <summary>A constant vector of whole numbers: a shape, or axes.</summary>
    public OnnxValue Constant(params long[] numbers) =>
        Constant(OnnxElement.Int64, [numbers.Length], MemoryMarshal.AsBytes<long>(numbers));

    /// <summary>A constant number.</summary>
    public OnnxValue Constant(float number) =>
        Constant(OnnxElement.Float, [], MemoryMarshal.AsBytes<float>([number]));

    /// <summary>A constant tensor.</summary>
    public OnnxValue Constant(float[] numbers, long[] shape) =>
        Constant(OnnxElement.Float, shape, MemoryMarshal.AsBytes<float>(numbers));

    /// <summary>A constant tensor of whole numbers of 8 bits.</summary>
    public OnnxValue Constant(sbyte[] numbers, long[] shape) =>
        Constant(OnnxElement.Int8, shape, MemoryMarshal.AsBytes<sbyte>(numbers));

    /// <summary>An operator of ONNX's default domain with one output.</summary>
    public OnnxValue Node(
        string operation,
        OnnxValue[] operands,
        params (string Name, object Value)[] attributes
    )
    {
        var output = $"{operation}_{values++}";
        nodes.Add(NodeProto(operation, operands, output, attributes, ""));
        return new OnnxValue(this, output);
    }

    /// <summary>An operator of ONNX Runtime's own (domain com.microsoft) with one output; an operand that is null is left out.</summary>
    public OnnxValue RuntimeNode(
        string operation,
        OnnxValue?[] operands,
        params (string Name, object Value)[] attributes
    )
    {
        var output = $"{operation}_{values++}";
        nodes.Add(NodeProto(operation, operands, output, attributes, RuntimeDomain));
        return new OnnxValue(this, output);
    }

    /// <summary>The model as the bytes of a .onnx file.</summary>
    public byte[] ToModel()
    {
        var graph = Message(proto =>
        {
            Write(proto, 1, nodes);
            Write(proto, 2, name);
            Write(proto, 5, initializers);
            Write(proto, 11, inputs);
            Write(proto, 12, outputs);
        });
        return Message(proto =>
            {
                Write(proto, 1, IrVersion);
                Write(proto, 2, "Workbook");
                Write(proto, 7, graph);
                Write(proto, 8, Message(opset => Write(opset, 2, Opset)));
                Write(
                    proto,
                    8,
                    Message(opset =>
                    {
                        Write(opset, 1, RuntimeDomain);
                        Write(opset, 2, 1);
                    })
                );
            })
            .ToByteArray();
    }

    private OnnxValue Constant(OnnxElement element, long[] shape, ReadOnlySpan<byte> data)
    {
        var bytes = ByteString.CopyFrom(data);
        return Initializer($"Constant_{values++}", element, shape, proto => Write(proto, 9, bytes));
    }

    // A TensorProto: what it is, and then its numbers or where they lie.
    private OnnxValue Initializer(
        string name,
        OnnxElement element,
        long[] shape,
        Action<CodedOutputStream> data
    )
    {
        initializers.Add(
            Message(proto =>
            {
                foreach (var dimension in shape)
                    Write(proto, 1, dimension);
                Write(proto, 2, (long)element);
                Write(proto, 8, name);
                data(proto);
            })
        );
        return new OnnxValue(this, name);
    }

    private static ByteString NodeProto(
        string operation,
        OnnxValue?[] operands,
        string output,
        (string Name, object Value)[] attributes,
        string domain
    ) =>
        Message(proto =>
        {
            foreach (var operand in operands)
                Write(proto, 1, operand?.Name ?? "");
            Write(proto, 2, output);
            Write(proto, 3, output);
            Write(proto, 4, operation);
            foreach (var attribute in attributes)
                Write(proto, 5, AttributeProto(attribute.Name, attribute.Value));
            Write(proto, 7, domain);
        });

    private static ByteString AttributeProto(string name, object value) =>
        Message(proto =>
        {
            Write(proto, 1, name);
            switch (value)
            {
                case float number:
                    proto.WriteTag(2, WireFormat.WireType.Fixed32);
                    proto.WriteFloat(number);
                    Write(proto, 20, 1);
                    break;
                case long number:
                    Write(proto, 3, number);
                    Write(proto, 20, 2);
                    break;
                case string text:
                    Write(proto, 4, text);
                    Write(proto, 20, 3);
                    break;
                case long[] numbers:
                    foreach (var number in numbers)
                        Write(proto, 8, number);
                    Write(proto, 20, 7);
                    break;
                default:
                    throw new ArgumentException(
                        $"attribute {name}: no ONNX type for {value.GetType()}",
                        nameof(value)
                    );
            }
        });

    private static ByteString ValueInfo(string name, OnnxElement element, string[] dimensions)
    {
        var shape = Message(proto =>
        {
            foreach (var dimension in dimensions)
                Write(
                    proto,
                    1,
                    Message(dim =>
                    {
                        if (long.TryParse(dimension, out var size))
                            Write(dim, 1, size);
                        else
                            Write(dim, 2, dimension);
                    })
                );
        });
        var tensor = Message(proto =>
        {
            Write(proto, 1, (long)element);
            Write(proto, 2, shape);
        });
        return Message(proto =>
        {
            Write(proto, 1, name);
            Write(proto, 2, Message(type => Write(type, 1, tensor)));
        });
    }

    private static ByteString KeyValue(string key, string value) =>
        Message(proto =>
        {
            Write(proto, 1, key);
            Write(proto, 2, value);
        });

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var proto = new CodedOutputStream(bytes, leaveOpen: true))
            write(proto);
        return ByteString.CopyFrom(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void Write(CodedOutputStream proto, int field, long value)
    {
        proto.WriteTag(field, WireFormat.WireType.Varint);
        proto.WriteInt64(value);
    }

    private static void Write(CodedOutputStream proto, int field, string value)
    {
        proto.WriteTag(field, WireFormat.WireType.LengthDelimited);
        proto.WriteString(value);
    }

    private static void Write(CodedOutputStream proto, int field, ByteString value)
    {
        proto.WriteTag(field, WireFormat.WireType.LengthDelimited);
        proto.WriteBytes(value);
    }

    private static void Write(CodedOutputStream proto, int field, IEnumerable<ByteString> values)
    {
        foreach (var value in values)
            Write(proto, field, value);
    }
}
