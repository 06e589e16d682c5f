namespace SentenceTransformers;

/// <summary>One step of a sentence-transformers model: it reads features and adds its own.</summary>
/// <remarks>A model is an ordered list of modules (modules.json): Transformer, Pooling, and perhaps Dense and Normalize.</remarks>
public interface IModule
{
    /// <summary>Does this module's step on a batch.</summary>
    void Forward(Features features);

    /// <summary>The module as Python prints it.</summary>
    string ToString(PrintStyle style);
}
