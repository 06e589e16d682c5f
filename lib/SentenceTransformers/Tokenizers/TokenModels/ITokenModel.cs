namespace SentenceTransformers;

/// <summary>Finds the tokens of a piece of text: one kind of <c>model</c> in tokenizer.json.</summary>
internal interface ITokenModel
{
    /// <summary>The tokens and their ids.</summary>
    Vocabulary Vocabulary { get; }

    /// <summary>The id of what is not in the vocabulary, or null where the model has none.</summary>
    int? UnknownId { get; }

    /// <summary>Appends the tokens of one piece, which is not empty. Safe to call from many threads.</summary>
    void Tokenize(string text, List<ModelToken> tokens);
}
