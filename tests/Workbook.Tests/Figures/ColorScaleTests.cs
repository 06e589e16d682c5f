using System.Globalization;

namespace Workbook.Tests;

public sealed class ColorScaleTests
{
    [Fact]
    public void It_runs_between_the_known_ends_of_viridis()
    {
        Assert.Equal("#440154", ColorScale.At(0));
        Assert.Equal("#fde725", ColorScale.At(1));
    }

    [Fact]
    public void Equal_steps_of_value_are_nearly_equal_steps_of_lightness()
    {
        var lightness = Enumerable
            .Range(0, 21)
            .Select(step => Lightness(Luminance(ColorScale.At(step / 20.0))))
            .ToArray();
        var steps = lightness.Zip(lightness.Skip(1), (from, to) => to - from);
        // 76 units of CIE lightness in 20 steps: 3.8 each.
        Assert.All(steps, step => Assert.InRange(step, 2.5, 5));
    }

    [Fact]
    public void Text_has_the_contrast_that_WCAG_asks_for_on_every_colour()
    {
        for (var position = 0.0; position <= 1; position += 0.01)
        {
            var (cell, text) = (
                Luminance(ColorScale.At(position)),
                Luminance(ColorScale.TextOn(position))
            );
            var contrast = (Math.Max(cell, text) + 0.05) / (Math.Min(cell, text) + 0.05);
            Assert.InRange(contrast, 4.5, 21);
        }
    }

    private static double Luminance(string color)
    {
        var channels = Enumerable
            .Range(0, 3)
            .Select(index =>
                int.Parse(color.AsSpan(1 + 2 * index, 2), NumberStyles.HexNumber, null) / 255.0
            )
            .Select(value =>
                value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)
            )
            .ToArray();
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
    }

    private static double Lightness(double luminance) =>
        luminance > 0.008856 ? 116 * Math.Cbrt(luminance) - 16 : 903.3 * luminance;
}
