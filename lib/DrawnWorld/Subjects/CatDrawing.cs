using System.Numerics;

namespace DrawnWorld;

/// <summary>A cat that looks at the viewer: a round face, pointed ears, whiskers, a long thin tail.</summary>
internal static class CatDrawing
{
    public static void Sketch(Sketch sketch, Vector3 fur, Dice dice)
    {
        var stripes = dice.Happens(0.45f);
        switch (dice.Below(3))
        {
            case 0:
                Standing(sketch, fur, stripes, dice);
                break;
            case 1:
                Lying(sketch, fur, stripes, dice);
                break;
            default:
                Sitting(sketch, fur, stripes, dice);
                break;
        }
    }

    private static void Sitting(Sketch sketch, Vector3 fur, bool stripes, Dice dice)
    {
        var side = dice.Between(0.5f, 0.85f);
        sketch.Line(
            fur,
            0.14f,
            0.1f,
            new(-0.3f, 0.88f),
            new(-0.65f, 0.85f),
            new(-side - 0.05f, 0.45f),
            new(-side + 0.1f, dice.Between(-0.1f, 0.2f))
        );
        sketch.Blob(
            fur,
            new(0, -0.2f),
            new(0.34f, 0.2f),
            new(0.5f, 0.75f),
            new(0.25f, 0.97f),
            new(-0.25f, 0.97f),
            new(-0.5f, 0.75f),
            new(-0.34f, 0.2f)
        );
        if (stripes)
            foreach (var y in (float[])[0.35f, 0.52f, 0.69f])
            {
                sketch.Mark(
                    Palette.Shade(fur, 0.45f),
                    0.06f,
                    new(-0.42f, y),
                    new(-0.2f, y + 0.05f)
                );
                sketch.Mark(Palette.Shade(fur, 0.45f), 0.06f, new(0.42f, y), new(0.2f, y + 0.05f));
            }
        sketch.Mark(Palette.Shade(fur, 0.4f), 0.03f, new(-0.13f, 0.55f), new(-0.13f, 0.93f));
        sketch.Mark(Palette.Shade(fur, 0.4f), 0.03f, new(0.13f, 0.55f), new(0.13f, 0.93f));
        sketch.Ellipse(-0.17f, 0.93f, 0.15f, 0.08f, fur);
        sketch.Ellipse(0.17f, 0.93f, 0.15f, 0.08f, fur);
        Head(sketch, fur, stripes, new(dice.Between(-0.06f, 0.06f), -0.38f), 1.08f, dice);
    }

    private static void Standing(Sketch sketch, Vector3 fur, bool stripes, Dice dice)
    {
        var far = Palette.Shade(fur, 0.22f);
        var curl = dice.Between(-0.15f, 0.15f);
        sketch.Line(
            fur,
            0.13f,
            0.09f,
            new(-0.65f, 0.1f),
            new(-0.9f, -0.15f),
            new(-0.85f, -0.55f),
            new(-0.75f + curl, -0.8f)
        );
        var stride = dice.Between(-0.05f, 0.15f);
        foreach (
            var (x, step, color) in ((float, float, Vector3)[])
                [
                    (-0.42f, 0.08f, far),
                    (0.2f, -0.05f, far),
                    (-0.6f, -stride, fur),
                    (0.38f, stride, fur),
                ]
        )
            sketch.Line(color, 0.16f, 0.13f, new(x, 0.3f), new(x + step, 0.94f));
        sketch.Ellipse(-0.1f, 0.22f, 0.66f, dice.Between(0.23f, 0.3f), fur, -3);
        if (stripes)
            foreach (var x in (float[])[-0.5f, -0.3f, -0.1f])
                sketch.Mark(Palette.Shade(fur, 0.45f), 0.06f, new(x, 0), new(x + 0.03f, 0.22f));
        Head(sketch, fur, stripes, new(0.55f, -0.22f), 0.88f, dice);
    }

    private static void Lying(Sketch sketch, Vector3 fur, bool stripes, Dice dice)
    {
        sketch.Blob(
            fur,
            new(-0.85f, 0.72f),
            new(-0.55f, 0.28f),
            new(0, 0.22f),
            new(0.55f, 0.4f),
            new(0.75f, 0.85f),
            new(0.4f, 0.97f),
            new(-0.6f, 0.97f)
        );
        if (stripes)
            foreach (var x in (float[])[-0.5f, -0.28f, -0.06f])
                sketch.Mark(Palette.Shade(fur, 0.45f), 0.06f, new(x, 0.35f), new(x + 0.04f, 0.6f));
        sketch.Line(
            fur,
            0.14f,
            0.1f,
            new(-0.75f, 0.85f),
            new(-0.3f, 0.9f),
            new(0.1f, dice.Between(0.78f, 0.92f))
        );
        sketch.Ellipse(0.5f, 0.92f, 0.2f, 0.08f, fur);
        Head(sketch, fur, stripes, new(0.45f, 0.12f), 0.98f, dice);
    }

    private static void Head(
        Sketch sketch,
        Vector3 fur,
        bool stripes,
        Vector2 at,
        float size,
        Dice dice
    )
    {
        Vector2 P(float x, float y) => at + new Vector2(x, y) * size;
        var ear = dice.Between(-0.62f, -0.52f);
        var inner = Vector3.Lerp(fur, Palette.Rgb(240, 150, 160), 0.6f);
        foreach (var side in (float[])[-1, 1])
        {
            sketch.Polygon(
                fur,
                P(side * 0.4f, -0.02f),
                P(side * 0.37f, ear),
                P(side * 0.05f, -0.28f)
            );
            sketch.Patch(
                inner,
                P(side * 0.33f, -0.16f),
                P(side * 0.33f, ear + 0.12f),
                P(side * 0.14f, -0.26f)
            );
        }
        sketch.Ellipse(at.X, at.Y, 0.43f * size, 0.35f * size, fur);
        if (stripes)
            foreach (var x in (float[])[-0.1f, 0, 0.1f])
                sketch.Mark(
                    Palette.Shade(fur, 0.45f),
                    0.04f * size,
                    P(x, -0.32f),
                    P(x * 0.8f, -0.17f)
                );
        var muzzle = Palette.Lighter(fur, 0.45f);
        sketch.Spot(P(-0.08f, 0.14f).X, P(0, 0.14f).Y, 0.11f * size, 0.09f * size, muzzle);
        sketch.Spot(P(0.08f, 0.14f).X, P(0, 0.14f).Y, 0.11f * size, 0.09f * size, muzzle);
        var iris = dice.Pick(
            Palette.Rgb(120, 190, 80),
            Palette.Rgb(230, 190, 60),
            Palette.Rgb(120, 190, 220)
        );
        foreach (var side in (float[])[-1, 1])
        {
            var eye = P(side * 0.19f, -0.05f);
            sketch.Spot(eye.X, eye.Y, 0.095f * size, 0.09f * size, iris);
            sketch.Spot(eye.X, eye.Y, 0.035f * size, 0.08f * size, Palette.Ink);
            var whisker = Palette.Shade(fur, 0.75f);
            sketch.Mark(whisker, 0.022f, P(side * 0.18f, 0.13f), P(side * 0.55f, 0.06f));
            sketch.Mark(whisker, 0.022f, P(side * 0.18f, 0.17f), P(side * 0.54f, 0.21f));
        }
        sketch.Patch(Palette.Rgb(222, 110, 120), P(-0.055f, 0.06f), P(0.055f, 0.06f), P(0, 0.12f));
    }
}
