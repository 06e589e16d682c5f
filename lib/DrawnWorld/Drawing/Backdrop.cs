using System.Numerics;

namespace DrawnWorld;

/// <summary>Paints what is behind the subject.</summary>
internal static class Backdrop
{
    /// <returns>Where the ground begins, as a share of the picture's height.</returns>
    public static float Paint(Canvas canvas, Place place, Dice dice)
    {
        var horizon = dice.Between(0.42f, 0.62f);
        switch (place)
        {
            case Place.Grass:
                Sky(canvas, Palette.Rgb(150, 205, 240), Palette.Rgb(222, 240, 250), dice);
                Clouds(canvas, dice, 0.9f);
                Ground(canvas, horizon, Palette.Rgb(126, 190, 84), Palette.Rgb(84, 152, 58), dice);
                Blades(canvas, horizon, dice);
                break;
            case Place.Snow:
                Sky(canvas, Palette.Rgb(170, 192, 214), Palette.Rgb(214, 226, 238), dice);
                Ground(
                    canvas,
                    horizon,
                    Palette.Rgb(244, 248, 253),
                    Palette.Rgb(218, 230, 244),
                    dice
                );
                Flakes(canvas, dice);
                break;
            case Place.Beach:
                Sky(canvas, Palette.Rgb(140, 208, 246), Palette.Rgb(214, 240, 250), dice);
                Clouds(canvas, dice, 0.9f);
                Sea(canvas, horizon, dice);
                Ground(
                    canvas,
                    horizon,
                    Palette.Rgb(240, 220, 168),
                    Palette.Rgb(222, 192, 132),
                    dice
                );
                Pebbles(canvas, horizon, dice);
                break;
            case Place.Night:
                Sky(canvas, Palette.Rgb(14, 18, 48), Palette.Rgb(40, 48, 96), dice);
                Moon(canvas, horizon, dice);
                Ground(canvas, horizon, Palette.Rgb(38, 54, 66), Palette.Rgb(20, 30, 42), dice);
                break;
            default:
                Plain(canvas, place, dice);
                break;
        }
        return horizon;
    }

    private static void Plain(Canvas canvas, Place place, Dice dice)
    {
        var color = Palette.Varied(
            place switch
            {
                Place.Yellow => Palette.Rgb(252, 214, 64),
                Place.Blue => Palette.Rgb(84, 150, 226),
                _ => Palette.Rgb(248, 164, 192),
            },
            dice,
            0.04f
        );
        var fade = dice.Happens(0.5f) ? dice.Between(0, 0.14f) : 0;
        Area(
            canvas,
            0,
            canvas.Height,
            Palette.Lighter(color, fade),
            Palette.Lighter(color, -fade / 2)
        );
    }

    private static void Sky(Canvas canvas, Vector3 top, Vector3 bottom, Dice dice) =>
        Area(
            canvas,
            0,
            canvas.Height,
            Palette.Varied(top, dice, 0.03f),
            Palette.Varied(bottom, dice, 0.02f)
        );

    private static void Area(Canvas canvas, float from, float to, Vector3 top, Vector3 bottom) =>
        canvas.Fill(
            [
                Outline.Polygon([
                    new(0, from),
                    new(canvas.Width, from),
                    new(canvas.Width, to),
                    new(0, to),
                ]),
            ],
            new Paint(top, bottom, new(0, from), new(0, to))
        );

    // With a gently waved edge, from the horizon to the picture's lower end.
    private static void Ground(Canvas canvas, float horizon, Vector3 far, Vector3 near, Dice dice)
    {
        var (width, height) = (canvas.Width, canvas.Height);
        var wave = dice.Between(0, 0.03f) * height;
        var phase = dice.Between(0, 6);
        var points = new List<Vector2> { new(width, height), new(0, height) };
        for (var step = 0; step <= 16; step++)
            points.Add(
                new(step * width / 16f, horizon * height + wave * MathF.Sin(phase + step * 0.4f))
            );
        canvas.Fill(
            [Outline.Polygon([.. points])],
            new Paint(
                Palette.Varied(far, dice, 0.025f),
                Palette.Varied(near, dice, 0.025f),
                new(0, horizon * height),
                new(0, height)
            )
        );
    }

    private static void Sea(Canvas canvas, float horizon, Dice dice)
    {
        var top = (horizon - dice.Between(0.1f, 0.2f)) * canvas.Height;
        Area(
            canvas,
            top,
            (horizon + 0.04f) * canvas.Height,
            Palette.Varied(Palette.Rgb(34, 116, 186), dice, 0.03f),
            Palette.Rgb(90, 180, 214)
        );
    }

    private static void Clouds(Canvas canvas, Dice dice, float opacity)
    {
        for (var count = dice.Below(3); count > 0; count--)
        {
            var at = Somewhere(canvas, dice, 0.05f, 0.25f);
            var size = canvas.Height * dice.Between(0.04f, 0.08f);
            Vector2[][] puffs =
            [
                Outline.Ellipse(at, new(size * 1.5f, size * 0.75f)),
                Outline.Ellipse(at + new Vector2(size * 1.2f, size * 0.2f), new(size, size * 0.5f)),
                Outline.Ellipse(
                    at - new Vector2(size * 1.2f, -size * 0.2f),
                    new(size, size * 0.5f)
                ),
            ];
            canvas.Fill(puffs, ((Paint)Palette.White) with { Opacity = opacity });
        }
    }

    private static void Blades(Canvas canvas, float horizon, Dice dice)
    {
        var unit = canvas.Height / 100f;
        for (var count = 20 + dice.Below(40); count > 0; count--)
        {
            var root = Somewhere(canvas, dice, horizon + 0.03f, 1);
            var color = dice.Happens(0.5f) ? Palette.Rgb(66, 132, 46) : Palette.Rgb(150, 206, 96);
            var lean = dice.Between(-1, 1) * unit;
            canvas.Fill(
                [
                    Outline.Polygon([
                        root + new Vector2(-unit * 0.6f, 0),
                        root + new Vector2(lean, -unit * dice.Between(2.5f, 5)),
                        root + new Vector2(unit * 0.6f, 0),
                    ]),
                ],
                color
            );
        }
        if (dice.Happens(0.3f))
            for (var count = 3 + dice.Below(6); count > 0; count--)
                Dot(
                    canvas,
                    Somewhere(canvas, dice, horizon + 0.05f, 1),
                    unit,
                    dice.Pick(Palette.White, Palette.Rgb(250, 220, 90))
                );
    }

    private static void Flakes(Canvas canvas, Dice dice)
    {
        if (dice.Happens(0.25f))
            return;
        for (var count = 15 + dice.Below(35); count > 0; count--)
            Dot(
                canvas,
                Somewhere(canvas, dice, 0, 1),
                canvas.Height * dice.Between(0.006f, 0.013f),
                Palette.White
            );
    }

    private static void Pebbles(Canvas canvas, float horizon, Dice dice)
    {
        for (var count = 8 + dice.Below(20); count > 0; count--)
            Dot(
                canvas,
                Somewhere(canvas, dice, horizon + 0.06f, 1),
                canvas.Height * dice.Between(0.004f, 0.009f),
                Palette.Rgb(190, 160, 110)
            );
    }

    private static void Moon(Canvas canvas, float horizon, Dice dice)
    {
        for (var count = 15 + dice.Below(25); count > 0; count--)
            Dot(
                canvas,
                Somewhere(canvas, dice, 0, horizon),
                canvas.Height * dice.Between(0.003f, 0.008f),
                Palette.Rgb(250, 246, 210)
            );
        var at = Somewhere(canvas, dice, 0.1f, 0.2f);
        var size = canvas.Height * dice.Between(0.05f, 0.08f);
        Dot(canvas, at, size, Palette.Rgb(250, 240, 190));
        if (dice.Happens(0.5f)) // a crescent
            Dot(
                canvas,
                at + new Vector2(size * 0.5f, -size * 0.15f),
                size * 0.85f,
                Palette.Rgb(20, 25, 58)
            );
    }

    private static void Dot(Canvas canvas, Vector2 at, float radius, Vector3 color) =>
        canvas.Fill([Outline.Ellipse(at, new(radius), corners: 16)], color);

    private static Vector2 Somewhere(Canvas canvas, Dice dice, float top, float bottom) =>
        new(dice.Between(0, 1) * canvas.Width, dice.Between(top, bottom) * canvas.Height);
}
