using System.Numerics;

namespace DrawnWorld;

/// <summary>Makes closed polygons, all turning the same way round, so that they may overlap in one shape.</summary>
internal static class Outline
{
    private const int CurveSteps = 8;

    public static Vector2[] Ellipse(
        Vector2 center,
        Vector2 radius,
        float degrees = 0,
        int corners = 40
    )
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        var points = new Vector2[corners];
        for (var index = 0; index < corners; index++)
        {
            var (y, x) = MathF.SinCos(index * 2 * MathF.PI / corners);
            (x, y) = (x * radius.X, y * radius.Y);
            points[index] = center + new Vector2(x * cos - y * sin, x * sin + y * cos);
        }
        return points;
    }

    /// <summary>A smooth closed curve through the points (Catmull-Rom).</summary>
    public static Vector2[] Blob(ReadOnlySpan<Vector2> through)
    {
        var count = through.Length;
        var points = new List<Vector2>(count * CurveSteps);
        for (var index = 0; index < count; index++)
            AddCurve(
                points,
                through[(index + count - 1) % count],
                through[index],
                through[(index + 1) % count],
                through[(index + 2) % count]
            );
        return Turned([.. points]);
    }

    public static Vector2[] Polygon(ReadOnlySpan<Vector2> corners) => Turned(corners.ToArray());

    /// <summary>A line of some width with round ends.</summary>
    /// <param name="along">The line's corners, as <see cref="Curve"/> gives them.</param>
    /// <param name="startWidth">Where the line starts; in between the width runs evenly.</param>
    /// <param name="endWidth">Where it ends.</param>
    public static Vector2[][] Line(ReadOnlySpan<Vector2> along, float startWidth, float endWidth)
    {
        var shapes = new List<Vector2[]>(along.Length * 2);
        for (var index = 0; index < along.Length; index++)
        {
            var radius = Radius(index, along.Length);
            shapes.Add(Ellipse(along[index], new(radius), corners: 16));
            if (index == 0)
                continue;
            var (from, to) = (along[index - 1], along[index]);
            var direction = to - from;
            if (direction.LengthSquared() < 1e-12f)
                continue;
            direction = Vector2.Normalize(direction);
            var across = new Vector2(-direction.Y, direction.X);
            var before = Radius(index - 1, along.Length);
            shapes.Add(
                Turned([
                    from + across * before,
                    to + across * radius,
                    to - across * radius,
                    from - across * before,
                ])
            );
        }
        return [.. shapes];

        float Radius(int index, int count) =>
            float.Lerp(startWidth, endWidth, count == 1 ? 0 : index / (count - 1f)) / 2;
    }

    /// <summary>A smooth open curve through the points.</summary>
    public static Vector2[] Curve(ReadOnlySpan<Vector2> through)
    {
        var points = new List<Vector2>();
        for (var index = 0; index + 1 < through.Length; index++)
            AddCurve(
                points,
                through[Math.Max(index - 1, 0)],
                through[index],
                through[index + 1],
                through[Math.Min(index + 2, through.Length - 1)]
            );
        points.Add(through[^1]);
        return [.. points];
    }

    private static void AddCurve(
        List<Vector2> points,
        Vector2 before,
        Vector2 from,
        Vector2 to,
        Vector2 after
    )
    {
        for (var step = 0; step < CurveSteps; step++)
        {
            var t = step / (float)CurveSteps;
            points.Add(
                0.5f
                    * (
                        2 * from
                        + (to - before) * t
                        + (2 * before - 5 * from + 4 * to - after) * (t * t)
                        + (3 * from - before - 3 * to + after) * (t * t * t)
                    )
            );
        }
    }

    private static Vector2[] Turned(Vector2[] points)
    {
        var area = 0f;
        var from = points[^1];
        foreach (var to in points)
        {
            area += from.X * to.Y - from.Y * to.X;
            from = to;
        }
        if (area < 0)
            Array.Reverse(points);
        return points;
    }
}
