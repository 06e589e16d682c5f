using System.Numerics;

namespace DrawnWorld;

/// <summary>A bird from the side: a beak, a wing, two thin legs.</summary>
internal static class BirdDrawing
{
    public static void Sketch(Sketch sketch, Vector3 feathers, Dice dice)
    {
        var beak = dice.Pick(
            Palette.Rgb(240, 160, 40),
            Palette.Rgb(230, 120, 40),
            Palette.Rgb(90, 80, 70)
        );
        var leg = Palette.Rgb(200, 120, 50);
        var wingColor = Palette.Shade(feathers, 0.28f);
        var lift = dice.Between(-0.12f, 0.05f);
        foreach (var x in (float[])[-0.1f, 0.14f])
        {
            sketch.Mark(leg, 0.06f, new(x, 0.5f), new(x, 0.94f));
            sketch.Mark(leg, 0.05f, new(x - 0.1f, 0.95f), new(x + 0.16f, 0.95f));
        }
        var tail = dice.Between(-0.1f, 0.35f);
        sketch.Polygon(
            wingColor,
            new(-0.4f, 0.1f),
            new(-1, tail - 0.06f),
            new(-0.97f, tail + 0.14f),
            new(-0.35f, 0.4f)
        );
        sketch.Polygon(
            beak,
            new(0.68f, -0.5f + lift),
            new(1, -0.38f + lift),
            new(0.66f, -0.26f + lift)
        );
        sketch.Blob(
            feathers,
            new(-0.62f, 0.12f),
            new(-0.1f, -0.2f),
            new(0.25f, -0.42f + lift),
            new(0.5f, -0.68f + lift),
            new(0.76f, -0.42f + lift),
            new(0.62f, 0.1f),
            new(0.3f, 0.52f),
            new(-0.25f, 0.52f)
        );
        if (dice.Happens(0.5f))
            sketch.Spot(0.32f, 0.25f, 0.22f, 0.24f, Palette.Lighter(feathers, 0.5f), -20);
        if (dice.Happens(0.3f)) // the wing raised
            sketch.Blob(
                wingColor,
                new(0.25f, 0.05f),
                new(-0.05f, -0.5f),
                new(-0.55f, -0.85f),
                new(-0.55f, -0.3f),
                new(-0.3f, 0.15f)
            );
        else
            sketch.Blob(
                wingColor,
                new(0.28f, 0),
                new(0.12f, 0.3f),
                new(-0.3f, 0.36f),
                new(-0.78f, 0.22f),
                new(-0.3f, -0.06f)
            );
        DogDrawing.Eye(sketch, 0.53f, -0.44f + lift, 0.075f);
    }
}
