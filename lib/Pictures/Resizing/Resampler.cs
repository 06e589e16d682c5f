using System.Buffers;

namespace Pictures.Resizing;

/// <summary>Resizes pictures exactly as Pillow does, bit for bit.</summary>
/// <remarks>
/// Pillow (Resample.c) widens its filter when it shrinks, so that no old pixel is left out; turns the weights into whole
/// numbers of 22 bits; and rounds to a byte between the horizontal and the vertical pass. Most other libraries differ in one of
/// the three, and a model that was trained on Pillow's pixels sees another picture.
/// </remarks>
public static class Resampler
{
    private const int Precision = 32 - 8 - 2; // 8 bits of a pixel, and 2 for weights beyond 1

    /// <summary>Resizes, and gives a window of the result; of what lies outside it, nothing is computed.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">Of the whole result, in pixels.</param>
    /// <param name="height">Of the whole result, in pixels.</param>
    /// <param name="filter">How new pixels are made of old ones.</param>
    /// <param name="window">The part of the result that is wanted; null for all.</param>
    /// <remarks>Alpha is a channel as any other here; see <see cref="Alpha"/>.</remarks>
    /// <exception cref="ArgumentException">The window does not lie within the result.</exception>
    public static Picture Resize(
        Picture picture,
        int width,
        int height,
        ResampleFilter filter,
        Window? window = null
    )
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var part = window ?? new Window(0, 0, width, height);
        if (
            part.Left < 0
            || part.Top < 0
            || part.Width < 1
            || part.Height < 1
            || part.Left > width - part.Width
            || part.Top > height - part.Height
        )
            throw new ArgumentException($"{part} is not within {width} x {height}", nameof(window));

        var across = Weights.Of(picture.Width, width, part.Left, part.Width, filter);
        var down = Weights.Of(picture.Height, height, part.Top, part.Height, filter);
        var channels = picture.Channels;
        // The rows that the second pass looks at, and no others.
        var (firstRow, rows) = (down.First, down.Last - down.First);
        var narrow = ArrayPool<byte>.Shared.Rent(rows * part.Width * channels);
        for (var row = 0; row < rows; row++)
            across.Apply(
                picture.Pixels[((firstRow + row) * picture.Width * channels)..],
                channels,
                stride: channels,
                narrow.AsSpan(row * part.Width * channels, part.Width * channels),
                offset: 0
            );
        var result = new byte[part.Width * part.Height * channels];
        var rowLength = part.Width * channels;
        down.Apply(narrow, rowLength, stride: rowLength, result, offset: firstRow);
        ArrayPool<byte>.Shared.Return(narrow);
        return new Picture(part.Width, part.Height, result, picture.Mode, picture.IsIndexed);
    }

    /// <summary>Along one axis: for each new place, the first old one that counts, and the weights from there on.</summary>
    private sealed class Weights
    {
        private readonly (int First, int[] Weights)[] places;

        private Weights((int First, int[] Weights)[] places) => this.places = places;

        /// <summary>The first old place that is looked at.</summary>
        public int First => places.Min(place => place.First);

        /// <summary>The place behind the last that is looked at.</summary>
        public int Last => places.Max(place => place.First + place.Weights.Length);

        public static Weights Of(int from, int to, int start, int count, ResampleFilter filter)
        {
            if (filter == ResampleFilter.Nearest)
                return new(Nearest(from, to, start, count));
            if (from == to) // the reference leaves out a pass that changes nothing
                return new([.. Enumerable.Range(start, count).Select(i => (i, Single()))]);
            var (support, curve) = Curve(filter);
            var scale = (double)from / to;
            var widened = Math.Max(scale, 1);
            var places = new (int, int[])[count];
            for (var i = 0; i < count; i++)
            {
                var center = (start + i + 0.5) * scale;
                var first = Math.Max(0, (int)(center - support * widened + 0.5));
                var last = Math.Min(from, (int)(center + support * widened + 0.5));
                var weights = new double[last - first];
                var total = 0.0;
                for (var k = 0; k < weights.Length; k++)
                    total += weights[k] = curve((k + first - center + 0.5) * (1 / widened));
                places[i] = (
                    first,
                    Array.ConvertAll(weights, w => Whole(total == 0 ? w : w / total))
                );
            }
            return new(places);
        }

        /// <summary>Sums groups of numbers, each a row or a pixel.</summary>
        /// <param name="source">The old numbers, from <paramref name="offset"/> on.</param>
        /// <param name="group">How many numbers stand at each place.</param>
        /// <param name="stride">How far apart two places are.</param>
        /// <param name="target">The new numbers.</param>
        /// <param name="offset">The old place at which the source begins.</param>
        public void Apply(
            ReadOnlySpan<byte> source,
            int group,
            int stride,
            Span<byte> target,
            int offset
        )
        {
            for (var i = 0; i < places.Length; i++)
            {
                var (first, weights) = places[i];
                var from = source[((first - offset) * stride)..];
                var to = target.Slice(i * group, group);
                for (var j = 0; j < to.Length; j++)
                {
                    var sum = 1 << (Precision - 1); // so that cutting rounds
                    for (var k = 0; k < weights.Length; k++)
                        sum += from[k * stride + j] * weights[k];
                    to[j] = (byte)Math.Clamp(sum >> Precision, 0, 255);
                }
            }
        }

        private static int[] Single() => [1 << Precision];

        private static (int, int[])[] Nearest(int from, int to, int start, int count)
        {
            // The reference adds up step by step, with all the rounding that this brings.
            var step = (double)from / to;
            var place = step * 0.5;
            for (var i = 0; i < start; i++)
                place += step;
            var places = new (int, int[])[count];
            for (var i = 0; i < count; i++, place += step)
                places[i] = (Math.Min((int)place, from - 1), Single());
            return places;
        }

        private static int Whole(double weight) =>
            (int)(weight * (1 << Precision) + (weight < 0 ? -0.5 : 0.5));

        private static (double Support, Func<double, double> Curve) Curve(ResampleFilter filter) =>
            filter switch
            {
                ResampleFilter.Bilinear => (1, x => Math.Max(0, 1 - Math.Abs(x))),
                ResampleFilter.Bicubic => (2, Cubic),
                ResampleFilter.Lanczos => (3, x => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0),
                _ => throw new ArgumentOutOfRangeException(
                    nameof(filter),
                    filter,
                    "no such filter"
                ),
            };

        private static double Cubic(double x)
        {
            const double a = -0.5;
            x = Math.Abs(x);
            return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
                : x < 2 ? (((x - 5) * x + 8) * x - 4) * a
                : 0;
        }

        private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
    }
}
