using System.Numerics;

namespace DrawnWorld;

/// <summary>A house with a pitched roof, a door and windows; the walls have the colour.</summary>
internal static class HouseDrawing
{
    public static void Sketch(Sketch sketch, Vector3 walls, Dice dice)
    {
        var half = dice.Between(0.62f, 0.8f);
        var eaves = dice.Between(-0.2f, 0);
        var ridge = dice.Between(-0.95f, -0.75f);
        var roof = Palette.Shade(walls, dice.Between(0.4f, 0.55f));
        if (dice.Happens(0.6f))
            sketch.Polygon(
                Palette.Rgb(120, 100, 95),
                new(0.3f, eaves),
                new(0.3f, ridge),
                new(0.48f, ridge),
                new(0.48f, eaves)
            );
        sketch.Polygon(
            walls,
            new(-half, eaves),
            new(half, eaves),
            new(half, 0.97f),
            new(-half, 0.97f)
        );
        if (dice.Happens(0.6f))
            sketch.Polygon(
                roof,
                new(-half - 0.16f, eaves + 0.05f),
                new(0, ridge),
                new(half + 0.16f, eaves + 0.05f)
            );
        else
            sketch.Polygon(
                roof,
                new(-half - 0.14f, eaves + 0.05f),
                new(-half * 0.65f, ridge + 0.1f),
                new(half * 0.65f, ridge + 0.1f),
                new(half + 0.14f, eaves + 0.05f)
            );

        var door = dice.Pick(
            Palette.Rgb(110, 72, 45),
            Palette.Rgb(90, 90, 100),
            Palette.Rgb(70, 50, 40)
        );
        var left = dice.Pick(-0.14f, -half + 0.15f);
        sketch.Patch(
            door,
            new(left, 0.4f),
            new(left + 0.3f, 0.4f),
            new(left + 0.3f, 0.96f),
            new(left, 0.96f)
        );
        sketch.Spot(left + 0.24f, 0.7f, 0.03f, 0.03f, Palette.Rgb(230, 200, 90));
        float[] windows = left < -0.2f ? [-0.05f, half - 0.32f] : [-half + 0.12f, half - 0.38f];
        foreach (var x in windows)
            Window(sketch, x, dice.Between(0.22f, 0.3f));
        if (dice.Happens(0.4f))
            sketch.Spot(0, (eaves + ridge) / 2 + 0.08f, 0.1f, 0.1f, Palette.Rgb(190, 220, 240));
    }

    private static void Window(Sketch sketch, float x, float y)
    {
        const float Side = 0.26f;
        var frame = Palette.Rgb(246, 244, 238);
        Square(x - 0.03f, y - 0.03f, Side + 0.06f, frame);
        Square(x, y, Side, sketch.Dark ? Palette.Rgb(250, 222, 130) : Palette.Rgb(160, 205, 235));
        sketch.Mark(frame, 0.03f, new(x + Side / 2, y), new(x + Side / 2, y + Side));
        sketch.Mark(frame, 0.03f, new(x, y + Side / 2), new(x + Side, y + Side / 2));

        void Square(float left, float top, float side, Vector3 color) =>
            sketch.Patch(
                color,
                new(left, top),
                new(left + side, top),
                new(left + side, top + side),
                new(left, top + side)
            );
    }
}
