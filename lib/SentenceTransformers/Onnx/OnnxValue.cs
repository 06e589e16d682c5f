namespace SentenceTransformers;

/// <summary>A tensor inside an <see cref="OnnxGraph"/>: an input, an initializer or a node's output.</summary>
internal sealed class OnnxValue(OnnxGraph graph, string name)
{
    /// <summary>The graph that the value belongs to.</summary>
    public OnnxGraph Graph => graph;

    /// <summary>The value's name in the graph.</summary>
    public string Name => name;

    public static OnnxValue operator +(OnnxValue a, OnnxValue b) => a.Graph.Node("Add", [a, b]);

    public static OnnxValue operator -(OnnxValue a, OnnxValue b) => a.Graph.Node("Sub", [a, b]);

    public static OnnxValue operator *(OnnxValue a, OnnxValue b) => a.Graph.Node("Mul", [a, b]);
}
