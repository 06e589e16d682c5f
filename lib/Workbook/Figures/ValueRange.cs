using System.Globalization;

namespace Workbook;

/// <summary>The values that the two ends of a colour scale stand for.</summary>
internal readonly record struct ValueRange(double Low, double High)
{
    /// <summary>The range of some finite numbers, widened where they are all the same, and 0 to 1 where there are none.</summary>
    public static ValueRange Of(IEnumerable<float> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high)
            return new(0, 1);
        if (low < high)
            return new(low, high);
        var half = low == 0 ? 0.5 : Math.Abs(low) / 2;
        return new(low - half, low + half);
    }

    /// <summary>Where a value lies, from 0 (low) to 1 (high); values outside stay at the ends.</summary>
    public double Position(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    /// <summary>Round values within the range, 1, 2 or 5 times a power of ten apart.</summary>
    /// <param name="count">How many steps at most; from 3 on, there is at least one value.</param>
    public IReadOnlyList<(double Value, string Text)> Ticks(int count)
    {
        var rough = (High - Low) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step =
            power
            * (
                rough <= power ? 1
                : rough <= 2 * power ? 2
                : rough <= 5 * power ? 5
                : 10
            );
        var decimals = -(int)Math.Floor(Math.Log10(step) + 1e-9);
        var format = decimals is >= -5 and <= 6 ? $"F{Math.Max(0, decimals)}" : "G3";
        List<(double, string)> ticks = [];
        for (var k = Math.Ceiling(Low / step - 1e-9); k <= High / step + 1e-9; k++)
        {
            // k may be -0, which would print its sign.
            var value = k * step + 0.0;
            ticks.Add((value, value.ToString(format, CultureInfo.InvariantCulture)));
        }
        return ticks;
    }
}
