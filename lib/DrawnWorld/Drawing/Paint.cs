using System.Numerics;

namespace DrawnWorld;

/// <summary>A colour for every point of a shape: plain, or running from one colour to another along a line.</summary>
/// <param name="From">At <paramref name="Start"/> and before; red, green, blue from 0 to 1.</param>
/// <param name="To">At <paramref name="End"/> and beyond.</param>
/// <param name="Start">In pixels.</param>
/// <param name="End">In pixels.</param>
internal readonly record struct Paint(Vector3 From, Vector3 To, Vector2 Start, Vector2 End)
{
    /// <summary>How much of what lies below it covers, 0 to 1.</summary>
    public float Opacity { get; init; } = 1;

    public static implicit operator Paint(Vector3 color) => new(color, color, default, default);

    public Vector3 At(float x, float y)
    {
        if (From == To)
            return From;
        var along = End - Start;
        var share = Vector2.Dot(new Vector2(x, y) - Start, along) / along.LengthSquared();
        return Vector3.Lerp(From, To, Math.Clamp(share, 0, 1));
    }
}
