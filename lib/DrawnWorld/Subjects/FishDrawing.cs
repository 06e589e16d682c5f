using System.Numerics;

namespace DrawnWorld;

/// <summary>A fish from the side.</summary>
internal static class FishDrawing
{
    public static void Sketch(Sketch sketch, Vector3 scales, Dice dice)
    {
        var fin = Palette.Shade(scales, 0.25f);
        var thick = dice.Between(0.38f, 0.52f);
        var y = dice.Between(0.3f, 0.45f);
        sketch.Blob(
            fin,
            new(-0.45f, y),
            new(-0.95f, y - 0.42f),
            new(-0.82f, y),
            new(-0.95f, y + 0.42f)
        );
        sketch.Blob(
            fin,
            new(-0.2f, y - thick + 0.12f),
            new(-0.15f, y - thick - 0.22f),
            new(0.35f, y - thick + 0.1f),
            new(0.1f, y - 0.1f)
        );
        sketch.Polygon(
            fin,
            new(0, y + thick - 0.12f),
            new(-0.2f, y + thick + 0.16f),
            new(0.25f, y + thick - 0.1f)
        );
        sketch.Blob(
            scales,
            new(-0.62f, y),
            new(-0.1f, y - thick),
            new(0.5f, y - thick * 0.75f),
            new(0.9f, y),
            new(0.5f, y + thick * 0.75f),
            new(-0.1f, y + thick)
        );
        switch (dice.Below(3))
        {
            case 0:
                foreach (var x in (float[])[-0.25f, 0, 0.22f])
                    sketch.Mark(
                        Palette.Shade(scales, 0.35f),
                        0.08f,
                        new(x, y - thick * 0.75f),
                        new(x + 0.07f, y),
                        new(x, y + thick * 0.75f)
                    );
                break;
            case 1:
                foreach (
                    var (x, dy) in ((float, float)[])
                        [(-0.35f, 0), (-0.1f, -0.16f), (-0.1f, 0.16f), (0.15f, 0)]
                )
                    sketch.Mark(
                        Palette.Shade(scales, 0.35f),
                        0.04f,
                        new(x, dy + y - 0.1f),
                        new(x - 0.08f, dy + y),
                        new(x, dy + y + 0.1f)
                    );
                break;
            default:
                sketch.Spot(
                    0.05f,
                    y + thick * 0.45f,
                    0.5f,
                    thick * 0.3f,
                    Palette.Lighter(scales, 0.35f)
                );
                break;
        }
        sketch.Blob(fin, new(0.12f, y + 0.06f), new(-0.2f, y + 0.02f), new(-0.12f, y + 0.26f));
        sketch.Mark(
            Palette.Shade(scales, 0.5f),
            0.035f,
            new(0.42f, y - thick * 0.6f),
            new(0.32f, y),
            new(0.42f, y + thick * 0.6f)
        );
        sketch.Mark(
            Palette.Shade(scales, 0.7f),
            0.035f,
            new(0.86f, y + 0.07f),
            new(0.68f, y + 0.12f)
        );
        DogDrawing.Eye(sketch, 0.6f, y - 0.13f, 0.1f);
    }
}
