using System.Numerics;

namespace DrawnWorld;

/// <summary>A dog from the side: a long snout with a black nose, an ear that hangs, a tail held up.</summary>
internal static class DogDrawing
{
    public static void Sketch(Sketch sketch, Vector3 fur, Dice dice)
    {
        var far = Palette.Shade(fur, 0.25f);
        if (dice.Happens(0.3f))
            Sitting(sketch, fur, far, dice);
        else
            Standing(sketch, fur, far, dice, running: dice.Happens(0.35f));
    }

    private static void Standing(Sketch sketch, Vector3 fur, Vector3 far, Dice dice, bool running)
    {
        var leg = dice.Between(0.15f, 0.21f);
        var stride = running ? dice.Between(0.25f, 0.4f) : dice.Between(0, 0.08f);
        var belly = dice.Between(0.25f, 0.34f); // half the body's height
        var lift = dice.Between(-0.15f, 0.2f);

        Tail(sketch, fur, new(-0.72f, 0.08f), dice);
        sketch.Line(far, leg, leg * 0.85f, new(-0.45f, 0.3f), new(-0.4f + stride, 0.94f));
        sketch.Line(far, leg, leg * 0.85f, new(0.22f, 0.3f), new(0.26f - stride, 0.94f));
        sketch.Line(
            fur,
            leg,
            leg,
            new(-0.6f, 0.25f),
            new(-0.62f - stride, 0.66f),
            new(-0.58f - stride, 0.93f)
        );
        sketch.Line(
            fur,
            leg,
            leg,
            new(0.38f, 0.25f),
            new(0.42f + stride, 0.66f),
            new(0.44f + stride, 0.93f)
        );
        sketch.Line(fur, 0.44f, 0.3f, new(0.3f, 0.12f), new(0.58f, -0.32f + lift));
        sketch.Ellipse(-0.1f, 0.17f, 0.66f, belly, fur, dice.Between(-5, 3));
        Head(sketch, fur, far, new(0.66f, -0.42f + lift), dice);
    }

    private static void Sitting(Sketch sketch, Vector3 fur, Vector3 far, Dice dice)
    {
        Tail(sketch, fur, new(-0.5f, 0.75f), dice);
        sketch.Line(far, 0.2f, 0.17f, new(0.1f, 0.2f), new(0.3f, 0.93f));
        sketch.Blob(
            fur,
            new(0.3f, -0.2f),
            new(0.36f, 0.3f),
            new(0.16f, 0.85f),
            new(-0.42f, 0.97f),
            new(-0.56f, 0.62f),
            new(-0.25f, 0.1f),
            new(0, -0.3f)
        );
        sketch.Ellipse(-0.22f, 0.72f, 0.3f, 0.24f, fur);
        sketch.Line(fur, 0.2f, 0.17f, new(0.24f, 0.15f), new(0.28f, 0.6f), new(0.3f, 0.93f));
        sketch.Ellipse(0.36f, 0.94f, 0.12f, 0.07f, fur);
        Head(sketch, fur, far, new(0.28f, -0.48f), dice);
    }

    private static void Head(Sketch sketch, Vector3 fur, Vector3 far, Vector2 at, Dice dice)
    {
        var (x, y) = (at.X, at.Y);
        var snout = dice.Between(0.26f, 0.36f);
        if (dice.Happens(0.4f))
            sketch.Ellipse(x + 0.22f, y + 0.3f, 0.06f, 0.13f, Palette.Rgb(226, 96, 110), -10);
        sketch.Ellipse(x + snout, y + 0.1f, 0.25f, 0.15f, fur, 6);
        sketch.Ellipse(x, y, 0.32f, 0.29f, fur);
        sketch.Spot(x + snout + 0.2f, y + 0.03f, 0.085f, 0.07f, Palette.Ink);
        sketch.Mark(
            Palette.Shade(fur, 0.6f),
            0.03f,
            new(x + snout + 0.18f, y + 0.16f),
            new(x + snout - 0.02f, y + 0.19f),
            new(x + snout - 0.16f, y + 0.14f)
        );
        Eye(sketch, x + 0.12f, y - 0.07f);
        var ear = dice.Between(0.24f, 0.33f);
        sketch.Ellipse(x - 0.2f, y + 0.06f, 0.13f, ear, far, dice.Between(4, 22));
        if (dice.Happens(0.4f))
            sketch.Mark(
                dice.Pick(
                    Palette.Rgb(200, 40, 45),
                    Palette.Rgb(40, 90, 190),
                    Palette.Rgb(60, 60, 60)
                ),
                0.08f,
                new(x - 0.24f, y + 0.2f),
                new(x - 0.06f, y + 0.33f),
                new(x + 0.1f, y + 0.32f)
            );
    }

    public static void Eye(Sketch sketch, float x, float y, float size = 0.065f)
    {
        sketch.Spot(x, y, size, size * 1.1f, Palette.White);
        sketch.Spot(x + size * 0.2f, y, size * 0.65f, size * 0.75f, Palette.Ink);
    }

    private static void Tail(Sketch sketch, Vector3 fur, Vector2 root, Dice dice)
    {
        var up = dice.Between(0.3f, 0.55f);
        sketch.Line(
            fur,
            0.15f,
            0.07f,
            root,
            root + new Vector2(-0.2f, -up * 0.35f),
            root + new Vector2(-0.18f - dice.Between(-0.06f, 0.12f), -up)
        );
    }
}
