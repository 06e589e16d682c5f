using System.Globalization;

namespace Workbook;

/// <summary>Viridis: equal steps of value look like equal steps of colour, in print and to colour-blind eyes too.</summary>
/// <remarks>The control points are ten evenly spaced colours of matplotlib's viridis (S. van der Walt and N. Smith, 2015, CC0).</remarks>
internal static class ColorScale
{
    private static readonly int[] Points =
    [
        0x440154,
        0x482878,
        0x3E4A89,
        0x31688E,
        0x26828E,
        0x1F9E89,
        0x35B779,
        0x6DCD59,
        0xB4DE2C,
        0xFDE725,
    ];

    /// <summary>The colours with their positions from 0 to 1, evenly spaced; between them the scale is linear in sRGB.</summary>
    public static IEnumerable<(double Position, string Color)> ControlPoints =>
        Points.Select((color, index) => (index / (Points.Length - 1.0), Hex(color)));

    /// <summary>The colour at a position from 0 to 1, as "#rrggbb".</summary>
    public static string At(double position) => Hex(Interpolate(position));

    /// <summary>Black or white, whichever is easier to read on the colour at a position (WCAG contrast).</summary>
    public static string TextOn(double position)
    {
        // Contrast with black is (L + 0.05) / 0.05 and with white 1.05 / (L + 0.05): equal at L = 0.179.
        return Luminance(Interpolate(position)) > 0.179 ? "#000000" : "#ffffff";
    }

    private static int Interpolate(double position)
    {
        var place = position * (Points.Length - 1);
        var index = Math.Min((int)place, Points.Length - 2);
        var color = 0;
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            var from = Points[index] >> shift & 0xFF;
            var to = Points[index + 1] >> shift & 0xFF;
            color |= (int)Math.Round(from + (to - from) * (place - index)) << shift;
        }
        return color;
    }

    private static double Luminance(int color) =>
        0.2126 * Linear(color >> 16)
        + 0.7152 * Linear(color >> 8 & 0xFF)
        + 0.0722 * Linear(color & 0xFF);

    private static double Linear(int channel) =>
        channel <= 10 ? channel / 255.0 / 12.92 : Math.Pow((channel / 255.0 + 0.055) / 1.055, 2.4);

    private static string Hex(int color) =>
        string.Create(CultureInfo.InvariantCulture, $"#{color:x6}");
}
