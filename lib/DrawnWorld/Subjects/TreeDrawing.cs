using System.Numerics;

namespace DrawnWorld;

/// <summary>A tree: a trunk and a crown, round or pointed; the crown has the colour.</summary>
internal static class TreeDrawing
{
    public static void Sketch(Sketch sketch, Vector3 leaves, Dice dice)
    {
        var bark = Palette.Varied(Palette.Rgb(104, 70, 46), dice, 0.04f);
        var trunk = dice.Between(0.16f, 0.26f);
        sketch.Polygon(
            bark,
            new(-trunk * 0.7f, -0.2f),
            new(trunk * 0.7f, -0.2f),
            new(trunk, 0.97f),
            new(-trunk, 0.97f)
        );
        if (dice.Happens(0.4f))
            Conifer(sketch, leaves, dice);
        else
            Broadleaf(sketch, leaves, dice);
    }

    private static void Conifer(Sketch sketch, Vector3 leaves, Dice dice)
    {
        var width = dice.Between(0.55f, 0.75f);
        foreach (
            var (top, bottom, share) in ((float, float, float)[])
                [(-0.3f, 0.62f, 1), (-0.66f, 0.17f, 0.8f), (-1, -0.28f, 0.58f)]
        )
            sketch.Polygon(
                Palette.Lighter(leaves, top * -0.06f),
                new(-width * share, bottom),
                new(0, top),
                new(width * share, bottom)
            );
    }

    private static void Broadleaf(Sketch sketch, Vector3 leaves, Dice dice)
    {
        foreach (
            var (x, y, radius) in ((float, float, float)[])
                [
                    (-0.38f, -0.1f, 0.38f),
                    (0.38f, -0.1f, 0.38f),
                    (-0.24f, -0.5f, 0.38f),
                    (0.26f, -0.52f, 0.38f),
                    (0, -0.25f, 0.46f),
                ]
        )
            sketch.Ellipse(
                x + dice.Between(-0.06f, 0.06f),
                y + dice.Between(-0.06f, 0.06f),
                radius * dice.Between(0.92f, 1.12f),
                radius * dice.Between(0.88f, 1.05f),
                leaves
            );
        var spot = Palette.Shade(leaves, 0.2f);
        foreach (
            var (x, y) in ((float, float)[])
                [(-0.3f, -0.15f), (0.3f, -0.45f), (0.12f, 0), (-0.15f, -0.55f)]
        )
            sketch.Spot(x, y, 0.12f, 0.06f, spot, dice.Between(-30, 30));
        if (dice.Happens(0.25f))
            foreach (
                var (x, y) in ((float, float)[])
                    [(-0.4f, -0.2f), (0.1f, -0.45f), (0.4f, -0.05f), (-0.05f, -0.05f)]
            )
                sketch.Spot(x, y, 0.07f, 0.07f, Palette.Rgb(220, 50, 50));
    }
}
