namespace SentenceTransformers;

/// <summary>A token for each word, and one for every word that has none.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, string unknownToken) : ITokenModel
{
    public int VocabularySize => vocabulary.Size;

    public int VocabularyCount => vocabulary.Count;

    public int? UnknownId { get; } = vocabulary.RequiredId(unknownToken, "unknown token");

    public int? IdOf(string token) => vocabulary.IdOf(token);

    public string? TokenOf(int id) => vocabulary.TokenOf(id);

    public void Tokenize(ReadOnlySpan<char> text, List<ModelToken> tokens) =>
        tokens.Add(
            new ModelToken(
                vocabulary.IdsBySpan.TryGetValue(text, out var id) ? id : UnknownId!.Value,
                0,
                text.Length
            )
        );
}
