using SentenceTransformers;

namespace Workbook;

/// <summary>Which token won each dimension in max pooling, and how many each of them won.</summary>
/// <example>
/// As the last line of a notebook cell:
/// <code>new MaxPoolingWinners(model, "오늘 날씨가 좋아요")</code>
/// </example>
[TypeFormatterSource(
    typeof(HtmlOutputFormatterSource),
    PreferredMimeTypes = [HtmlOutputFormatterSource.Html, HtmlOutputFormatterSource.PlainText]
)]
public sealed class MaxPoolingWinners : IHtmlOutput
{
    /// <summary>Finds the winners of one sentence.</summary>
    public MaxPoolingWinners(SentenceTransformer model, string text)
    {
        var sentence = new SentenceXRay(model, text);
        Tokens = sentence.Encoding.Tokens;
        Winners = new int[sentence.TokenEmbeddings.Dimension];
        for (var d = 0; d < Winners.Length; d++)
        for (var token = 1; token < Tokens.Count; token++)
            // A draw goes to the earlier token, as the maximum does.
            if (sentence.TokenEmbeddings[0, token][d] > sentence.TokenEmbeddings[0, Winners[d]][d])
                Winners[d] = token;
    }

    /// <summary>The tokens, special ones included; shape [tokens].</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The index of the token whose value is the largest; shape [dimension].</summary>
    public int[] Winners { get; }

    /// <summary>How many dimensions each token won; shape [tokens].</summary>
    public int[] Counts =>
        [.. Tokens.Select((_, token) => Winners.Count(winner => winner == token))];

    /// <summary>A row for each token.</summary>
    public string ToHtml() => Table().ToHtml();

    /// <summary>The same in plain text.</summary>
    public override string ToString() => Table().ToString();

    private TextTable Table()
    {
        var table = new TextTable(
            new Wording(
                $"max pooling: who gives the {Winners.Length} numbers",
                $"최대 풀링: 숫자 {Winners.Length}개를 누가 주었나"
            ).Text,
            [
                new(new Wording("token", "토큰").Text, IsRowHead: true),
                new(new Wording("numbers", "개수").Text, IsNumber: true),
            ]
        );
        foreach (var (token, count) in Tokens.Zip(Counts))
            table.Add(token, $"{count}");
        return table;
    }
}
