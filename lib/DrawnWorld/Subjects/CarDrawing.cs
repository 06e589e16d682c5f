using System.Numerics;

namespace DrawnWorld;

/// <summary>A car from the side.</summary>
internal static class CarDrawing
{
    public static void Sketch(Sketch sketch, Vector3 paint, Dice dice)
    {
        var roof = dice.Between(-0.35f, -0.2f);
        var glass = sketch.Dark ? Palette.Rgb(250, 222, 140) : Palette.Rgb(178, 216, 238);
        var van = dice.Happens(0.3f);
        var back = van ? -0.86f : -0.6f;
        sketch.Polygon(
            paint,
            new(back - 0.05f, 0.3f),
            new(back + 0.1f, roof),
            new(0.2f, roof),
            new(0.55f, 0.3f)
        );
        sketch.Blob(
            paint,
            new(-0.98f, 0.4f),
            new(-0.8f, 0.22f),
            new(0, 0.22f),
            new(0.6f, 0.24f),
            new(0.95f, 0.38f),
            new(0.98f, 0.68f),
            new(0.7f, 0.76f),
            new(-0.7f, 0.76f),
            new(-0.97f, 0.7f)
        );
        sketch.Patch(
            glass,
            new(back + 0.09f, 0.24f),
            new(back + 0.17f, roof + 0.09f),
            new(-0.2f, roof + 0.09f),
            new(-0.2f, 0.24f)
        );
        sketch.Patch(
            glass,
            new(-0.1f, 0.24f),
            new(-0.1f, roof + 0.09f),
            new(0.16f, roof + 0.09f),
            new(0.4f, 0.24f)
        );
        sketch.Mark(Palette.Shade(paint, 0.4f), 0.03f, new(-0.15f, 0.28f), new(-0.15f, 0.7f));
        sketch.Mark(Palette.Shade(paint, 0.5f), 0.04f, new(-0.38f, 0.38f), new(-0.26f, 0.38f));
        sketch.Spot(0.9f, 0.45f, 0.07f, 0.08f, Palette.Rgb(255, 240, 170));
        sketch.Spot(-0.93f, 0.46f, 0.04f, 0.07f, Palette.Rgb(220, 50, 45));
        var wheel = dice.Between(0.2f, 0.26f);
        foreach (var x in (float[])[-0.55f, 0.55f])
        {
            sketch.Ellipse(x, 0.98f - wheel, wheel, wheel, Palette.Rgb(42, 42, 46));
            sketch.Spot(x, 0.98f - wheel, wheel * 0.5f, wheel * 0.5f, Palette.Rgb(185, 188, 195));
        }
    }
}
