namespace SentenceTransformers;

/// <summary>Finds the tokens of a piece of text: one kind of <c>model</c> in tokenizer.json.</summary>
internal interface ITokenModel
{
    /// <summary>How many ids there are: one more than the largest.</summary>
    int VocabularySize { get; }

    /// <summary>How many tokens there are: the first id that an added token may take.</summary>
    int VocabularyCount { get; }

    /// <summary>The id of what is not in the vocabulary, or null where the model has none.</summary>
    int? UnknownId { get; }

    /// <summary>Whether a token for the unknown is spelled as the text has it (Unigram), not by its name in the vocabulary.</summary>
    bool SpellsUnknown => false;

    /// <summary>The id of a token, or null.</summary>
    int? IdOf(string token);

    /// <summary>The token with an id, or null.</summary>
    string? TokenOf(int id);

    /// <summary>Appends the tokens of one piece, which is not empty. Safe to call from many threads.</summary>
    void Tokenize(ReadOnlySpan<char> text, List<ModelToken> tokens);
}
