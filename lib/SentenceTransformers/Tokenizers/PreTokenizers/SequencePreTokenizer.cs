namespace SentenceTransformers;

/// <summary>One pre-tokenizer after another, each on the pieces of the one before.</summary>
internal sealed class SequencePreTokenizer(IReadOnlyList<IPreTokenizer> preTokenizers)
    : IPreTokenizer
{
    public IEnumerable<SourcedText> Split(SourcedText text) =>
        preTokenizers.Aggregate<IPreTokenizer, IEnumerable<SourcedText>>(
            [text],
            (pieces, next) => pieces.Where(piece => piece.Length > 0).SelectMany(next.Split)
        );
}
