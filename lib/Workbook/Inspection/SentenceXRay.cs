using System.Globalization;
using System.Net;
using System.Text;
using SentenceTransformers;

namespace Workbook;

/// <summary>Everything that happens to one sentence on its way to a vector: normalized text, tokens, token embeddings, every pooling.</summary>
/// <example>
/// As the last line of a notebook cell:
/// <code>new SentenceXRay(model, "오늘 날씨가 좋아요")</code>
/// </example>
[TypeFormatterSource(
    typeof(HtmlOutputFormatterSource),
    PreferredMimeTypes = [HtmlOutputFormatterSource.Html, HtmlOutputFormatterSource.PlainText]
)]
public sealed class SentenceXRay : IHtmlOutput
{
    private const int ShownNumbers = 4;

    /// <summary>Sends a text through the model, and keeps what every step gave.</summary>
    /// <param name="model">A bi-encoder.</param>
    /// <param name="text">Any text; what exceeds the model's longest sequence is cut, as always.</param>
    public SentenceXRay(SentenceTransformer model, string text)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        Normalized = model.Tokenizer.Normalize(text);
        Notes = model.Tokenizer.Diagnose(text);
        Encoding = model.Tokenizer.Encode(text, maxLength: model.MaxSequenceLength);
        IsSpecial = [.. Encoding.Ids.Select(model.Tokenizer.IsSpecial)];

        var features = model.Tokenize([text]);
        model.Transformer.Forward(features);
        TokenEmbeddings = features.TokenEmbeddings!;
        Poolings = Enum.GetValues<PoolingMode>().ToDictionary(mode => mode, Pool);
        Embedding = model.Encode(text);

        float[] Pool(PoolingMode mode)
        {
            new Pooling(TokenEmbeddings.Dimension, mode).Forward(features);
            return features.SentenceEmbeddings![0];
        }
    }

    /// <summary>The sentence as it was given.</summary>
    public string Text { get; }

    /// <summary>The sentence as the tokens are cut from it.</summary>
    public string Normalized { get; }

    /// <summary>What a reader should know about the text, such as characters that the vocabulary cannot spell.</summary>
    public IReadOnlyList<TextDiagnosis> Notes { get; }

    /// <summary>The tokens with ids, segment ids, and where each lies in <see cref="Text"/>.</summary>
    public TokenEncoding Encoding { get; }

    /// <summary>Which tokens stand for no text, such as [CLS]; shape [tokens].</summary>
    public IReadOnlyList<bool> IsSpecial { get; }

    /// <summary>The transformer's output; shape [1, tokens, dimension].</summary>
    public TokenEmbeddings TokenEmbeddings { get; }

    /// <summary>What each pooling mode would make of the token embeddings; shape [dimension] each.</summary>
    public IReadOnlyDictionary<PoolingMode, float[]> Poolings { get; }

    /// <summary>What the model itself makes of the sentence; shape [dimension of the model].</summary>
    public float[] Embedding { get; }

    /// <summary>The sentence with its tokens marked, then a table of tokens and one of poolings.</summary>
    public string ToHtml() =>
        $"""
            <div>
            <p style="font-size:1.2em;line-height:2">{MarkedText()}</p>
            {Summary(WebUtility.HtmlEncode)}
            {TokenTable().ToHtml()}
            {PoolingTable().ToHtml()}
            </div>
            """.ReplaceLineEndings("\n");

    /// <summary>The same in plain text.</summary>
    public override string ToString() =>
        string.Join("\n\n", LabelText.Clean(Text), TokenTable(), PoolingTable());

    private string Summary(Func<string, string?> encode)
    {
        string[] lines =
        [
            .. Normalized == Text
                ? Array.Empty<string>()
                : [In($"normalized: {Normalized}", $"정규화: {Normalized}")],
            .. Notes.Select(note => note.Message),
        ];
        return string.Concat(lines.Select(line => $"<p>{encode(LabelText.Clean(line))}</p>"));
    }

    /// <summary>The text with every second token on a tinted ground; what no token covers, such as spaces, stays bare.</summary>
    private string MarkedText()
    {
        var html = new StringBuilder();
        var (end, shown) = (0, 0);
        for (var token = 0; token < Encoding.Length; token++)
        {
            var (start, stop) = Encoding.Offsets[token];
            if (IsSpecial[token] || stop <= end || start < end)
                continue; // of tokens that share a character (bytes of an emoji) the first one shows it
            Append(end, start);
            html.Append(
                shown++ % 2 == 0
                    ? "<span style=\"background:#3b82f640;border-radius:3px;padding:2px 0\">"
                    : "<span style=\"background:#f59e0b40;border-radius:3px;padding:2px 0\">"
            );
            Append(start, stop);
            html.Append("</span>");
            end = stop;
        }
        Append(end, Text.Length);
        return $"<bdi>{html}</bdi>";

        void Append(int from, int to) =>
            html.Append(WebUtility.HtmlEncode(LabelText.Clean(Text[from..to])));
    }

    private TextTable TokenTable()
    {
        var table = new TextTable(
            In(
                $"{Encoding.Length} tokens, {TokenEmbeddings.Dimension} numbers each",
                $"토큰 {Encoding.Length}개, 숫자 {TokenEmbeddings.Dimension}개씩"
            ),
            [
                new("#", IsNumber: true),
                new(In("token", "토큰"), IsRowHead: true),
                new("id", IsNumber: true),
                new(In("from", "부터"), IsNumber: true),
                new(In("to", "까지"), IsNumber: true),
                new(In("type", "타입"), IsNumber: true),
                new(In("mask", "마스크"), IsNumber: true),
                new(In("length of its vector", "벡터의 길이"), IsNumber: true),
                new(In("its first numbers", "첫 숫자들"), IsNumber: true),
            ]
        );
        for (var token = 0; token < Encoding.Length; token++)
        {
            var vector = TokenEmbeddings[0, token].ToArray();
            var (start, end) = Encoding.Offsets[token];
            table.Add(
                Number(token),
                Encoding.Tokens[token],
                Number(Encoding.Ids[token]),
                IsSpecial[token] ? "" : Number(start),
                IsSpecial[token] ? "" : Number(end),
                Number(Encoding.TypeIds[token]),
                "1",
                Decimal(Norm(vector)),
                Beginning(vector)
            );
        }
        return table;
    }

    private TextTable PoolingTable()
    {
        var table = new TextTable(
            In("from many vectors to one", "여러 벡터를 하나로"),
            [
                new(In("pooling", "풀링"), IsRowHead: true),
                new(In("length of the vector", "벡터의 길이"), IsNumber: true),
                new(In("its first numbers", "첫 숫자들"), IsNumber: true),
            ]
        );
        foreach (var (mode, vector) in Poolings)
            table.Add(mode.ToString(), Decimal(Norm(vector)), Beginning(vector));
        table.Add(
            In("what the model gives", "모델이 주는 것"),
            Decimal(Norm(Embedding)),
            Beginning(Embedding)
        );
        return table;
    }

    private static string In(string english, string korean) => new Wording(english, korean).Text;

    private static string Beginning(float[] vector) =>
        string.Join("  ", vector.Take(ShownNumbers).Select(Decimal)) + " …";

    private static float Norm(float[] vector) => MathF.Sqrt(Similarity.Dot(vector, vector));

    private static string Decimal(float value) =>
        value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
