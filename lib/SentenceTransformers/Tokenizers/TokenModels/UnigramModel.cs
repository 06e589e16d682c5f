using System.Buffers;
using System.Globalization;
using System.Text;

namespace SentenceTransformers;

/// <summary>Unigram: of all ways to cut a text into pieces of the vocabulary, takes the likeliest.</summary>
/// <remarks>
/// Kudo, "Subword Regularization" (2018): a piece has a log-probability, a segmentation the sum of its pieces', and the best
/// one is found left to right (Viterbi). After <c>models/unigram/model.rs</c> of Hugging Face tokenizers, ties
/// included: what was found first stays, unless a later way is strictly better.
/// </remarks>
internal sealed class UnigramModel : ITokenModel
{
    private const double UnknownPenalty = 10; // below the least likely piece

    // It bounds what one position of a text can cost.
    private const int MaximumPieceLength = 1024;

    private readonly string file;
    private readonly string[] pieces;
    private readonly double[] scores;
    private readonly int? unknownId;
    private readonly double unknownScore;
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> idsBySpan;
    private readonly int[]? byteIds;
    private readonly CharacterTrie trie = new();
    private readonly TokenCache cache = new();

    /// <summary>Builds the model; a piece listed twice has the later id and score, as with the reference.</summary>
    /// <param name="file">The file it was read from, for error messages.</param>
    /// <param name="vocabulary">The pieces with their log-probabilities, by id.</param>
    /// <param name="unknownId">The id of what no piece spells; null to refuse texts that need it.</param>
    /// <param name="byteFallback">Spell what no piece spells as bytes, "&lt;0xEA&gt;", if all that it takes are pieces.</param>
    public UnigramModel(
        string file,
        IReadOnlyList<(string Piece, double Score)> vocabulary,
        int? unknownId,
        bool byteFallback
    )
    {
        this.file = file;
        this.unknownId = unknownId;
        pieces = [.. vocabulary.Select(entry => entry.Piece)];
        scores = [.. vocabulary.Select(entry => entry.Score)];
        unknownScore = scores.Min() - UnknownPenalty;
        ids = new Dictionary<string, int>(pieces.Length);
        for (var id = 0; id < pieces.Length; id++)
        {
            if (pieces[id].Length > MaximumPieceLength)
                throw new ModelFormatException(
                    file,
                    $"piece {id}: {pieces[id].Length:N0} characters, expected at most {MaximumPieceLength:N0}"
                );
            ids[pieces[id]] = id;
            trie.Add(pieces[id], id);
        }
        idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        if (byteFallback)
            byteIds =
            [
                .. Enumerable
                    .Range(0, 256)
                    .Select(value =>
                        IdOf(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>")) ?? -1
                    ),
            ];
    }

    /// <summary>Reads tokenizer.json's <c>model</c> section.</summary>
    /// <exception cref="ModelFormatException">It cannot be used.</exception>
    public static UnigramModel Read(JsonFile section)
    {
        var vocabulary = section.RequiredTextsWithNumbers("vocab", Vocabulary.MaximumSize);
        if (vocabulary.Count == 0)
            throw section.Invalid("vocab", "the vocabulary is empty");
        return new UnigramModel(
            section.Path,
            vocabulary,
            section.Integer("unk_id", 0, vocabulary.Count - 1),
            section.Flag("byte_fallback", false)
        );
    }

    /// <inheritdoc/>
    public int VocabularySize => pieces.Length;

    /// <inheritdoc/>
    public int VocabularyCount => pieces.Length;

    /// <inheritdoc/>
    public int? UnknownId => unknownId;

    public bool SpellsUnknown => true;

    /// <inheritdoc/>
    public int? IdOf(string token) => ids.TryGetValue(token, out var id) ? id : null;

    /// <inheritdoc/>
    public string? TokenOf(int id) => (uint)id < (uint)pieces.Length ? pieces[id] : null;

    /// <inheritdoc/>
    /// <exception cref="ModelFormatException">No piece spells the text, and the model has no unknown token.</exception>
    public void Tokenize(ReadOnlySpan<char> text, List<ModelToken> tokens)
    {
        if (cache.TryAdd(text, tokens))
            return;
        var first = tokens.Count;
        var steps = ArrayPool<Step>.Shared.Rent(text.Length + 1);
        try
        {
            FindBestPath(text, steps.AsSpan(0, text.Length + 1));
            AddPath(text, steps, tokens);
        }
        finally
        {
            ArrayPool<Step>.Shared.Return(steps);
        }
        cache.Keep(text, tokens, first);
    }

    // After it, each position that a path reaches knows the last piece of the best one.
    private void FindBestPath(ReadOnlySpan<char> text, Span<Step> steps)
    {
        steps.Fill(new Step(0, Step.None, 0));
        for (int at = 0, width; at < text.Length; at += width)
        {
            Rune.DecodeFromUtf16(text[at..], out _, out width);
            var isSpelled = false;
            foreach (var (length, id) in trie.PrefixesOf(text[at..]))
            {
                var score = steps[at].Score + scores[id];
                if (steps[at + length].IsWorseThan(score))
                    steps[at + length] = new Step(score, at, id);
                isSpelled |= length == width;
            }
            var unknown = steps[at].Score + unknownScore;
            if (!isSpelled && steps[at + width].IsWorseThan(unknown))
                steps[at + width] = new Step(unknown, at, UnknownIdFor(text[at..(at + width)]));
        }
    }

    private int UnknownIdFor(ReadOnlySpan<char> text) =>
        unknownId
        ?? throw new ModelFormatException(
            file,
            $"model.unk_id: missing, and the text holds \"{text}\", which no piece spells"
        );

    // Backwards from the end of the text; neighbours that are unknown become one token.
    private void AddPath(ReadOnlySpan<char> text, ReadOnlySpan<Step> steps, List<ModelToken> tokens)
    {
        var first = tokens.Count;
        for (int end = text.Length, start; end > 0; end = start)
        {
            var id = steps[end].Id;
            start = steps[end].Start;
            if (id != unknownId)
            {
                tokens.Add(new ModelToken(id, start, end));
                continue;
            }
            while (start > 0 && steps[start].Id == unknownId)
                start = steps[start].Start;
            AddUnspelled(text, start, end, tokens);
        }
        tokens.Reverse(first, tokens.Count - first);
    }

    // Together, unknown neighbours may yet be a piece (where scores are above zero), or bytes.
    private void AddUnspelled(ReadOnlySpan<char> text, int start, int end, List<ModelToken> tokens)
    {
        var part = text[start..end];
        if (idsBySpan.TryGetValue(part, out var id))
            tokens.Add(new ModelToken(id, start, end));
        else if (!TryAddBytes(part, start, end, tokens))
            tokens.Add(new ModelToken(unknownId!.Value, start, end));
    }

    private bool TryAddBytes(ReadOnlySpan<char> part, int start, int end, List<ModelToken> tokens)
    {
        if (byteIds is null)
            return false;
        var bytes = new byte[Encoding.UTF8.GetByteCount(part)];
        Encoding.UTF8.GetBytes(part, bytes);
        foreach (var value in bytes)
            if (byteIds[value] < 0)
                return false;
        // The last byte first: the path is written backwards.
        for (var i = bytes.Length - 1; i >= 0; i--)
            tokens.Add(new ModelToken(byteIds[bytes[i]], start, end));
        return true;
    }

    /// <summary>The last piece of the best path to a position, and the path's score.</summary>
    private readonly record struct Step(double Score, int Start, int Id)
    {
        public const int None = -1;

        public bool IsWorseThan(double score) => Start == None || score > Score;
    }
}
