namespace SentenceTransformers;

/// <summary>The merges of byte-pair encoding, in the order in which they were learnt.</summary>
internal sealed class MergeList(
    string file,
    string key,
    Vocabulary vocabulary,
    string? continuingPrefix
)
{
    private const int MaximumCount = 10_000_000;

    /// <summary>What each pair of ids becomes, and how early.</summary>
    public Dictionary<(int Left, int Right), (int Rank, int Id)> Merges { get; } = [];

    private int count;

    /// <summary>Appends a merge as it is written, two tokens with a space between.</summary>
    public void Add(string merge)
    {
        var parts = merge.Split(' ');
        if (parts.Length != 2)
            throw Invalid($"'{Shorten(merge)}' is not two tokens with a space between");
        Add(parts[0], parts[1]);
    }

    /// <summary>Appends a merge; of two of the same pair the later counts, as with the reference.</summary>
    /// <exception cref="ModelFormatException">One of the two, or what they become, is not in the vocabulary.</exception>
    public void Add(string left, string right)
    {
        if (count == MaximumCount)
            throw Invalid($"more than {MaximumCount:N0}");
        if (continuingPrefix is { Length: > 0 } && right.Length < continuingPrefix.Length)
            throw Invalid($"'{Shorten(right)}' has no {continuingPrefix} before it");
        var joined = left + right[(continuingPrefix?.Length ?? 0)..];
        Merges[(IdOf(left), IdOf(right))] = (count, IdOf(joined));
        count++;
    }

    private int IdOf(string token) =>
        vocabulary.IdOf(token) ?? throw Invalid($"'{Shorten(token)}' is not in the vocabulary");

    private ModelFormatException Invalid(string problem) => new(file, $"{key}[{count}]: {problem}");

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}...";
}
