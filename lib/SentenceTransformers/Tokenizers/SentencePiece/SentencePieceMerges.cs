namespace SentenceTransformers;

/// <summary>Finds the merges of a SentencePiece model that was trained with byte-pair encoding; its file lists pieces only.</summary>
/// <remarks>
/// After <c>SentencePieceExtractor</c> of transformers 4.26: pieces stand in the order in which they were learnt, and any two
/// pieces that make a third can have been joined.
/// </remarks>
internal static class SentencePieceMerges
{
    // SentencePiece itself stops at 16 unless told otherwise; each piece is tried at every place.
    private const int MaximumPieceLength = 1024;

    /// <summary>Each pair that makes a piece, the earliest learnt first.</summary>
    /// <exception cref="ModelFormatException">A piece is too long.</exception>
    public static IEnumerable<(string Left, string Right)> Find(SentencePieceModelFile file)
    {
        var ids = new Dictionary<string, int>();
        for (var id = 0; id < file.Pieces.Count; id++)
            ids[file.Pieces[id].Text] = id;
        var bySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (text, id) in ids.OrderBy(entry => entry.Value))
        {
            if (text.Length > MaximumPieceLength)
                throw file.Invalid(
                    $"pieces[{id}].piece",
                    $"{text.Length:N0} characters, expected at most {MaximumPieceLength:N0}"
                );
            // The reference takes id 0, usually the unknown token's, for none.
            var pairs = new List<(int Left, int Right)>();
            for (var at = id == 0 ? text.Length : 1; at < text.Length; at++)
                if (
                    bySpan.TryGetValue(text.AsSpan(0, at), out var left)
                    && bySpan.TryGetValue(text.AsSpan(at), out var right)
                )
                    pairs.Add((left, right));
            foreach (var (left, right) in pairs.Order())
                yield return (file.Pieces[left].Text, file.Pieces[right].Text);
        }
    }
}
