namespace SentenceTransformers;

/// <summary>With which operators an encoder's graph is written.</summary>
internal enum GraphStyle
{
    /// <summary>ONNX's own operators, as the papers draw them: the readable reference.</summary>
    Plain,

    /// <summary>The same numbers with ONNX Runtime's own attention, which never moves the heads about.</summary>
    Fused,

    /// <summary>As <see cref="Fused"/>, with the layers' matrices multiplied in whole numbers of 8 bits.</summary>
    Int8,
}
