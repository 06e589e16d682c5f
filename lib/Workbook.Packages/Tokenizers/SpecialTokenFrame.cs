using SentenceTransformers;

namespace Workbook.Packages;

/// <summary>The special tokens around one text and around a pair, such as [CLS] A [SEP] B [SEP].</summary>
/// <remarks>Read off what our tokenizer puts around nothing, so that every model's own are known without a list.</remarks>
internal sealed class SpecialTokenFrame
{
    private readonly TokenEncoding single;
    private readonly TokenEncoding pair;

    public SpecialTokenFrame(Tokenizer tokenizer)
    {
        single = tokenizer.Encode("");
        pair = tokenizer.Encode("", "");
        // A special token lies nowhere in the text. Most models put one before it; a vocabulary without "a" tells no more.
        var letter = tokenizer.Encode("a");
        Before =
            letter.Length > single.Length
                ? letter.Offsets.TakeWhile(offset => offset == (0, 0)).Count()
                : Math.Min(1, single.Length);
    }

    /// <summary>How many special tokens stand before the (first) text.</summary>
    public int Before { get; }

    /// <summary>How many stand behind a single text.</summary>
    public int After => single.Length - Before;

    /// <summary>How many there are in all.</summary>
    public int Count(bool isPair) => (isPair ? pair : single).Length;

    /// <summary>Puts the special tokens around the tokens of one text, or of two.</summary>
    public TokenEncoding Around(IReadOnlyList<Token> first, IReadOnlyList<Token>? second)
    {
        var frame = second is null ? single : pair;
        List<(Token Token, int Type)> tokens = [.. Special(frame, ..Before)];
        tokens.AddRange(first.Select(token => (token, 0)));
        if (second is null)
        {
            tokens.AddRange(Special(frame, Before..));
        }
        else
        {
            tokens.AddRange(Special(frame, Before..^After));
            tokens.AddRange(second.Select(token => (token, frame.TypeIds[^1])));
            tokens.AddRange(Special(frame, ^After..));
        }
        return new(
            [.. tokens.Select(one => one.Token.Id)],
            [.. tokens.Select(one => one.Type)],
            [.. tokens.Select(one => one.Token.Text)],
            [.. tokens.Select(one => one.Token.Offset)]
        );
    }

    private static IEnumerable<(Token, int)> Special(TokenEncoding frame, Range range) =>
        Enumerable
            .Range(0, frame.Length)
            .Take(range)
            .Select(i => (new Token(frame.Ids[i], frame.Tokens[i], (0, 0)), frame.TypeIds[i]));

    /// <summary>A token of a text: its id, its spelling, and where it lies in UTF-16 code units, end exclusive.</summary>
    public readonly record struct Token(int Id, string Text, (int Start, int End) Offset);
}
