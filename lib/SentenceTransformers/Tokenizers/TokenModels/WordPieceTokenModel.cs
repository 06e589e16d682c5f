namespace SentenceTransformers;

/// <summary>WordPiece among the stages of a general tokenizer; <see cref="WordPieceTokenizer"/> does BERT's own in one pass.</summary>
internal sealed class WordPieceTokenModel(WordPieceModel model) : ITokenModel
{
    public int VocabularySize => model.Vocabulary.Size;

    public int VocabularyCount => model.Vocabulary.Count;

    public int? UnknownId => model.UnknownId;

    public int? IdOf(string token) => model.Vocabulary.IdOf(token);

    public string? TokenOf(int id) => model.Vocabulary.TokenOf(id);

    public void Tokenize(ReadOnlySpan<char> text, List<ModelToken> tokens)
    {
        var sink = new ModelTokenSink(tokens);
        model.Tokenize(text, new SourceMap(0), ref sink);
    }

    private readonly struct ModelTokenSink(List<ModelToken> tokens) : ITokenSink
    {
        public int Count => tokens.Count;

        public void Add(int id, int start, int end) => tokens.Add(new ModelToken(id, start, end));

        public void AddAdded(int id, scoped ReadOnlySpan<char> spelling, int start, int end) =>
            Add(id, start, end);

        public void RemoveFrom(int count) => tokens.RemoveRange(count, tokens.Count - count);
    }
}
