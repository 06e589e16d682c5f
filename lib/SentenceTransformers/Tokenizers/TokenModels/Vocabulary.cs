namespace SentenceTransformers;

/// <summary>Tokens and their ids, both ways; ids may have holes, tokens and ids are unique.</summary>
internal sealed class Vocabulary
{
    /// <summary>The most ids that are read; the largest published vocabularies have about a million.</summary>
    public const int MaximumSize = 10_000_000;

    private readonly Dictionary<string, int> ids;
    private readonly string?[] tokens;

    /// <summary>Takes over a map from token to id, each id from 0 to below <see cref="MaximumSize"/>.</summary>
    /// <exception cref="ModelFormatException">The map is empty, or two tokens share an id.</exception>
    public Vocabulary(string file, Dictionary<string, int> ids)
    {
        if (ids.Count == 0)
            throw new ModelFormatException(file, "the vocabulary is empty");
        File = file;
        this.ids = ids;
        tokens = new string?[ids.Values.Max() + 1];
        foreach (var (token, id) in ids)
        {
            if (tokens[id] is { } other)
                throw new ModelFormatException(
                    file,
                    $"the tokens \"{other}\" and \"{token}\" have the same id {id}"
                );
            tokens[id] = token;
        }
    }

    /// <summary>The file it was read from, for error messages.</summary>
    public string File { get; }

    /// <summary>How many tokens there are.</summary>
    public int Count => ids.Count;

    /// <summary>One more than the largest id.</summary>
    public int Size => tokens.Length;

    public IReadOnlyDictionary<string, int> Ids => ids;

    /// <summary>Looks ids up by a part of a text, without making a string of it.</summary>
    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> IdsBySpan =>
        ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public int? IdOf(string token) => ids.TryGetValue(token, out var id) ? id : null;

    /// <summary>The id of a token that must be there.</summary>
    /// <exception cref="ModelFormatException">It is not.</exception>
    public int RequiredId(string token, string role) =>
        IdOf(token)
        ?? throw new ModelFormatException(
            File,
            $"the {role} \"{token}\" is not among the vocabulary's {Count:N0} tokens"
        );

    public string? TokenOf(int id) => (uint)id < (uint)tokens.Length ? tokens[id] : null;
}
