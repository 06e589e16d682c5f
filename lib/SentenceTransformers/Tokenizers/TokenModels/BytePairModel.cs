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
        word.AddTo(tokens, text);
        cache.Keep(text, tokens, first);
    }

    private void AddCharacters(ReadOnlySpan<char> text, BytePairWord word)
    {
        var unknown = 0; // bytes that have no token, may grow together, and are not added yet
        for (int start = 0, length; start < text.Length; start += length)
        {
            Rune.DecodeFromUtf16(text[start..], out var rune, out length);
            var end = start + length;
            var character = text[start..end];
            var isPlain =
                (start == 0 || options.ContinuingPrefix is null)
                && (end < text.Length || options.EndOfWordSuffix is null);
            var spelling = isPlain ? character : Spell(character, start == 0, end == text.Length);
            if (idsBySpan.TryGetValue(spelling, out var id))
            {
                AddUnknown();
                word.Add(id, rune.Utf8SequenceLength);
            }
            else if (!TryAddBytes(rune, word))
            {
                if (!options.FuseUnknown)
                    AddUnknown();
                unknown += rune.Utf8SequenceLength;
            }
        }
        AddUnknown();

        void AddUnknown()
        {
            if (unknown > 0 && UnknownId is { } id)
                word.Add(id, unknown);
            unknown = 0;
        }
    }

    private string Spell(ReadOnlySpan<char> character, bool isFirst, bool isLast) =>
        $"{(isFirst ? "" : options.ContinuingPrefix)}{character}{(isLast ? options.EndOfWordSuffix : "")}";

    // Every byte must have its token; otherwise none is used.
    private bool TryAddBytes(Rune rune, BytePairWord word)
    {
        if (byteIds is null)
            return false;
        Span<byte> utf8 = stackalloc byte[4];
        utf8 = utf8[..rune.EncodeToUtf8(utf8)];
        foreach (var value in utf8)
            if (byteIds[value] < 0)
                return false;
        foreach (var value in utf8)
            word.Add(byteIds[value], 1);
        return true;
    }
}
