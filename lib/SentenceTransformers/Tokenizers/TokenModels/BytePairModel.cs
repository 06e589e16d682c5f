using System.Globalization;
using System.Text;

namespace SentenceTransformers;

/// <summary>Byte-pair encoding: from single characters on, joins the pair that was learnt first, until none is left to join.</summary>
/// <remarks>Sennrich et al. 2016. After <c>models/bpe</c> of Hugging Face tokenizers.</remarks>
internal sealed class BytePairModel : ITokenModel
{
    private readonly Vocabulary vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> idsBySpan;
    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> merges;
    private readonly BytePairOptions options;
    private readonly int[]? byteIds;
    private readonly TokenCache cache = new();

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="merges">What each pair of tokens becomes; the smaller the rank, the earlier it is joined.</param>
    /// <param name="options">How words begin, continue and end, and what is done with what has no token.</param>
    public BytePairModel(
        Vocabulary vocabulary,
        Dictionary<(int Left, int Right), (int Rank, int Id)> merges,
        BytePairOptions options
    )
    {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.options = options;
        idsBySpan = vocabulary.IdsBySpan;
        UnknownId = options.UnknownToken is { } token
            ? vocabulary.RequiredId(token, "unknown token")
            : null;
        if (options.ByteFallback)
            byteIds =
            [
                .. Enumerable
                    .Range(0, 256)
                    .Select(value =>
                        IdOf(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>")) ?? -1
                    ),
            ];
    }

    public int VocabularySize => vocabulary.Size;

    public int VocabularyCount => vocabulary.Count;

    public int? UnknownId { get; }

    public int? IdOf(string token) => vocabulary.IdOf(token);

    public string? TokenOf(int id) => vocabulary.TokenOf(id);

    public void Tokenize(ReadOnlySpan<char> text, List<ModelToken> tokens)
    {
        if (options.IgnoreMerges && idsBySpan.TryGetValue(text, out var whole))
        {
            tokens.Add(new ModelToken(whole, 0, text.Length));
            return;
        }
        if (cache.TryAdd(text, tokens))
            return;
        var first = tokens.Count;
        var word = new BytePairWord(text.Length);
        AddCharacters(text, word);
        word.Join(merges);
        word.AddTo(tokens);
        cache.Keep(text, tokens, first);
    }

    private void AddCharacters(ReadOnlySpan<char> text, BytePairWord word)
    {
        var unknownStart = -1; // of what has no token, and may grow together
        for (int start = 0, length; start < text.Length; start += length)
        {
            Rune.DecodeFromUtf16(text[start..], out _, out length);
            var end = start + length;
            var character = text[start..end];
            var isPlain =
                (start == 0 || options.ContinuingPrefix is null)
                && (end < text.Length || options.EndOfWordSuffix is null);
            var spelling = isPlain ? character : Spell(character, start == 0, end == text.Length);
            if (idsBySpan.TryGetValue(spelling, out var id))
            {
                Flush(start);
                word.Add(id, start, end);
                continue;
            }
            if (AddBytes(spelling, start, end, word))
                continue;
            if (unknownStart >= 0 && !options.FuseUnknown)
                Flush(start);
            if (unknownStart < 0)
                unknownStart = start;
        }
        Flush(text.Length);

        void Flush(int end)
        {
            if (unknownStart >= 0 && UnknownId is { } unknown)
                word.Add(unknown, unknownStart, end);
            unknownStart = -1;
        }
    }

    private string Spell(ReadOnlySpan<char> character, bool isFirst, bool isLast) =>
        $"{(isFirst ? "" : options.ContinuingPrefix)}{character}{(isLast ? options.EndOfWordSuffix : "")}";

    // Every byte must have its token; otherwise none is used.
    private bool AddBytes(ReadOnlySpan<char> spelling, int start, int end, BytePairWord word)
    {
        if (byteIds is null)
            return false;
        var bytes = Encoding.UTF8.GetBytes(spelling.ToArray());
        if (bytes.Any(value => byteIds[value] < 0))
            return false;
        foreach (var value in bytes)
            word.Add(byteIds[value], start, end);
        return true;
    }
}
