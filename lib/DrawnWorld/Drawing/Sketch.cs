using System.Numerics;

namespace DrawnWorld;

/// <summary>A drawing in the making: its parts in the subject's own units, painted together under one outline.</summary>
/// <remarks>A subject stands on y = 1 and reaches up to about y = -1; it looks to the right, towards x = 1.</remarks>
internal sealed class Sketch(Canvas canvas, Matrix3x2 placing, Style style)
{
    private readonly List<(Vector2[][] Shape, Vector3 Color, bool Outlined)> parts = [];

    /// <summary>What parts are seen against, which decides whether outlines are dark or light.</summary>
    public bool Dark { get; init; }

    public void Ellipse(
        float x,
        float y,
        float radiusX,
        float radiusY,
        Vector3 color,
        float degrees = 0
    ) => Add([Outline.Ellipse(new(x, y), new(radiusX, radiusY), degrees)], color, true);

    public void Blob(Vector3 color, params ReadOnlySpan<Vector2> through) =>
        Add([Outline.Blob(through)], color, true);

    public void Polygon(Vector3 color, params ReadOnlySpan<Vector2> corners) =>
        Add([Outline.Polygon(corners)], color, true);

    public void Line(
        Vector3 color,
        float startWidth,
        float endWidth,
        params ReadOnlySpan<Vector2> through
    ) => Add(Outline.Line(Outline.Curve(through), startWidth, endWidth), color, true);

    /// <summary>A spot within a part, such as an eye, without an outline of its own.</summary>
    public void Spot(
        float x,
        float y,
        float radiusX,
        float radiusY,
        Vector3 color,
        float degrees = 0
    ) => Add([Outline.Ellipse(new(x, y), new(radiusX, radiusY), degrees)], color, false);

    /// <summary>A line within a part, such as a stripe.</summary>
    public void Mark(Vector3 color, float width, params ReadOnlySpan<Vector2> through) =>
        Add(Outline.Line(Outline.Curve(through), width, width), color, false);

    /// <summary>A patch within a part, such as a window.</summary>
    public void Patch(Vector3 color, params ReadOnlySpan<Vector2> corners) =>
        Add([Outline.Polygon(corners)], color, false);

    /// <summary>Paints what was sketched: all outlines first, so that parts that overlap share one.</summary>
    public void Draw()
    {
        foreach (var (shape, color, outlined) in parts)
            if (outlined && style.OutlineWidth > 0)
                foreach (var outline in shape)
                    canvas.Fill(
                        Outline.Line([.. outline, outline[0]], OutlinePixels, OutlinePixels),
                        OutlineColor(color)
                    );
        foreach (var (shape, color, outlined) in parts)
            canvas.Fill(shape, outlined ? Shaded(shape, color) : color);
        parts.Clear();
    }

    private float OutlinePixels =>
        style.OutlineWidth * 2 * MathF.Sqrt(MathF.Abs(placing.GetDeterminant()));

    private Vector3 OutlineColor(Vector3 color) =>
        Dark
            ? Vector3.Lerp(color, new(0.75f, 0.78f, 0.85f), 0.6f)
            : Vector3.Lerp(color * 0.6f, new(0.1f, 0.09f, 0.1f), style.OutlineInk);

    private Paint Shaded(Vector2[][] shape, Vector3 color)
    {
        if (style.Shading == 0)
            return color;
        var top = shape.Min(outline => outline.Min(point => point.Y));
        var bottom = shape.Max(outline => outline.Max(point => point.Y));
        return new(
            Vector3.Min(color * (1 + style.Shading / 3), Vector3.One),
            color * (1 - style.Shading),
            new(0, top),
            new(0, bottom)
        );
    }

    private void Add(Vector2[][] shape, Vector3 color, bool outlined)
    {
        // A mirrored subject's outlines turn the other way round, all of them, which fills the same.
        foreach (var outline in shape)
            for (var index = 0; index < outline.Length; index++)
                outline[index] = Vector2.Transform(outline[index], placing);
        parts.Add((shape, color, outlined));
    }
}
