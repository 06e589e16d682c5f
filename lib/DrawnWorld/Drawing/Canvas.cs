using System.Numerics;

namespace DrawnWorld;

/// <summary>A grid of pixels that shapes with smooth edges are filled on.</summary>
internal sealed class Canvas(int width, int height)
{
    /// <summary>Lines tested in each row of pixels; along a line the covered part of a pixel is exact.</summary>
    private const int LinesPerRow = 4;

    private readonly Vector3[] pixels = new Vector3[width * height];
    private readonly float[] coverage = new float[width];
    private readonly List<(float X, int Turn)> crossings = [];
    private readonly List<(float Top, float Bottom)> bounds = [];

    public int Width => width;
    public int Height => height;

    /// <summary>Fills what any of the outlines encloses, overlaps once.</summary>
    /// <param name="outlines">Closed polygons, in pixels; each must turn the same way round (see <see cref="Outline"/>).</param>
    /// <param name="paint">What with.</param>
    public void Fill(IReadOnlyList<Vector2[]> outlines, Paint paint)
    {
        bounds.Clear();
        foreach (var outline in outlines)
            bounds.Add((outline.Min(point => point.Y), outline.Max(point => point.Y)));
        var top = Math.Max(0, (int)MathF.Floor(bounds.Min(bound => bound.Top)));
        var bottom = Math.Min(height - 1, (int)MathF.Floor(bounds.Max(bound => bound.Bottom)));
        for (var row = top; row <= bottom; row++)
        {
            Array.Clear(coverage);
            for (var line = 0; line < LinesPerRow; line++)
                CoverLine(outlines, row + (line + 0.5f) / LinesPerRow);
            BlendRow(row, paint);
        }
    }

    /// <summary>Changes every pixel.</summary>
    /// <param name="change">From x, y and the colour to the new colour.</param>
    public void Change(Func<int, int, Vector3, Vector3> change)
    {
        for (var y = 0; y < height; y++)
        for (var x = 0; x < width; x++)
            pixels[y * width + x] = change(x, y, pixels[y * width + x]);
    }

    public DrawnPicture ToPicture()
    {
        var bytes = new byte[pixels.Length * 3];
        for (var index = 0; index < pixels.Length; index++)
        for (var channel = 0; channel < 3; channel++)
            bytes[index * 3 + channel] = (byte)(
                Math.Clamp(pixels[index][channel], 0, 1) * 255 + 0.5f
            );
        return new(width, height, bytes);
    }

    // What lies inside has more crossings of one direction to its left than of the other (the nonzero rule).
    private void CoverLine(IReadOnlyList<Vector2[]> outlines, float y)
    {
        crossings.Clear();
        for (var index = 0; index < outlines.Count; index++)
        {
            if (y < bounds[index].Top || y > bounds[index].Bottom)
                continue;
            var outline = outlines[index];
            var from = outline[^1];
            foreach (var to in outline)
            {
                if (from.Y <= y != to.Y <= y)
                    crossings.Add(
                        (
                            from.X + (y - from.Y) / (to.Y - from.Y) * (to.X - from.X),
                            from.Y < to.Y ? 1 : -1
                        )
                    );
                from = to;
            }
        }
        crossings.Sort();
        var turns = 0;
        for (var index = 0; index + 1 < crossings.Count; index++)
        {
            turns += crossings[index].Turn;
            if (turns != 0)
                CoverSpan(crossings[index].X, crossings[index + 1].X);
        }
    }

    private void CoverSpan(float left, float right)
    {
        left = Math.Max(left, 0);
        right = Math.Min(right, width);
        for (var x = (int)left; x < right; x++)
            coverage[x] += (Math.Min(right, x + 1) - Math.Max(left, x)) / LinesPerRow;
    }

    private void BlendRow(int row, Paint paint)
    {
        for (var x = 0; x < width; x++)
            if (coverage[x] > 0)
            {
                ref var pixel = ref pixels[row * width + x];
                pixel = Vector3.Lerp(
                    pixel,
                    paint.At(x + 0.5f, row + 0.5f),
                    Math.Min(coverage[x], 1) * paint.Opacity
                );
            }
    }
}
