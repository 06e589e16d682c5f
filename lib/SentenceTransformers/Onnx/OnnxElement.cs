namespace SentenceTransformers;

/// <summary>Element types, with the numbers of ONNX's TensorProto.DataType.</summary>
internal enum OnnxElement
{
    Float = 1,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Float16 = 10,
    Double = 11,
    BFloat16 = 16,
}
