using System.Globalization;
using System.Net;
using System.Text;

namespace Workbook;

/// <summary>Pictures side by side, each with what is written under it.</summary>
/// <example>
/// As the last line of a notebook cell:
/// <code>new PictureStrip([Thumbnail.Load("dog.png"), Thumbnail.Load("cat.png")], ["dog.png", "cat.png"])</code>
/// </example>
[TypeFormatterSource(
    typeof(HtmlOutputFormatterSource),
    PreferredMimeTypes = [HtmlOutputFormatterSource.Html, HtmlOutputFormatterSource.PlainText]
)]
public sealed class PictureStrip : IHtmlOutput
{
    private readonly Thumbnail[] pictures;
    private readonly string[] captions;

    /// <summary>The pictures with their captions.</summary>
    /// <param name="pictures">From left to right; those that a page has no room for go below.</param>
    /// <param name="captions">One for each picture.</param>
    /// <exception cref="ArgumentException">There are no pictures, or the captions are not as many.</exception>
    public PictureStrip(IReadOnlyList<Thumbnail> pictures, IReadOnlyList<string> captions)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(captions);
        if (pictures.Count == 0 || pictures.Count != captions.Count)
            throw new ArgumentException(
                $"there are {pictures.Count} pictures and {captions.Count} captions",
                nameof(captions)
            );
        this.pictures = [.. pictures];
        this.captions = [.. captions.Select(LabelText.Clean)];
    }

    /// <summary>How wide each picture is shown, in CSS pixels; 150 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 16 or above 800.</exception>
    public int Width
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 16);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 800);
            field = value;
        }
    } = 150;

    /// <summary>Whether enlarged pixels stay squares, for a picture whose pixels are what it shows.</summary>
    public bool ShowsPixels { get; init; }

    /// <summary>Figure elements that flow as text does, in the colours of the page around them.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder(
            "<div style=\"display:flex;flex-wrap:wrap;gap:0.8em;align-items:flex-start\">"
        );
        var rendering = ShowsPixels ? ";image-rendering:pixelated" : "";
        foreach (var (picture, caption) in pictures.Zip(captions))
        {
            var text = WebUtility.HtmlEncode(caption);
            html.Append(
                CultureInfo.InvariantCulture,
                $"\n<figure style=\"margin:0;width:{Width}px\"><img src=\"{picture.DataUri}\" alt=\"{text}\" style=\"display:block;width:100%{rendering}\"><figcaption style=\"font-size:0.85em;line-height:1.3;margin-top:0.3em;word-break:keep-all;overflow-wrap:break-word\">{text}</figcaption></figure>"
            );
        }
        return html.Append("\n</div>").ToString();
    }

    /// <summary>The captions, one a line.</summary>
    public override string ToString() => string.Join('\n', captions);
}
