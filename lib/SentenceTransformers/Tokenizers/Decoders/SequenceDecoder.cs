namespace SentenceTransformers;

/// <summary>One decoder after another.</summary>
internal sealed class SequenceDecoder(IReadOnlyList<IDecoder> decoders) : IDecoder
{
    public List<string> Decode(List<string> tokens) =>
        decoders.Aggregate(tokens, (changed, decoder) => decoder.Decode(changed));
}
