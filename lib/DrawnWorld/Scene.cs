using System.Numerics;

namespace DrawnWorld;

/// <summary>What a picture shows, as far as words tell it; the seed decides the rest: pose, hand and shades.</summary>
/// <param name="Subject">What it is of.</param>
/// <param name="Color">The subject's colour.</param>
/// <param name="Place">Where the subject is.</param>
public sealed record Scene(Subject Subject, SubjectColor Color, Place Place)
{
    /// <summary>How many of the subject there are: 1, 2 or 3.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How large the subject is.</summary>
    public SubjectSize Size { get; init; }

    /// <summary>On which side a single subject is; several are always in the middle.</summary>
    public Side Side { get; init; }

    /// <summary>Another seed, another picture of the same scene.</summary>
    public ulong Seed { get; init; }

    /// <summary>A scene by chance; everything that words can tell is as likely as it looks.</summary>
    public static Scene Random(Dice dice)
    {
        var count = dice.Happens(0.3f) ? 2 + dice.Below(2) : 1;
        return new(
            dice.Pick(Enum.GetValues<Subject>()),
            dice.Pick(Enum.GetValues<SubjectColor>()),
            dice.Pick(Enum.GetValues<Place>())
        )
        {
            Count = count,
            Size = dice.Pick(Enum.GetValues<SubjectSize>()),
            Side = count == 1 ? dice.Pick(Enum.GetValues<Side>()) : Side.Middle,
            Seed = dice.Next(),
        };
    }

    /// <summary>Draws the scene.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels; subjects are as large as this allows.</param>
    public DrawnPicture Draw(int width, int height)
    {
        var dice = new Dice(Seed);
        var canvas = new Canvas(width, height);
        var style = new Style(dice);
        var horizon = Backdrop.Paint(canvas, Place, dice);
        var color = Palette.Of(Color, dice);
        var size = height * HalfSize(dice);
        for (var index = 0; index < Count; index++)
        {
            var half = size * dice.Between(0.95f, 1.05f);
            var foot = Math.Clamp(
                height * Math.Max(horizon + 0.16f, 0.62f)
                    + size * 0.35f
                    + dice.Between(-0.03f, 0.03f) * height,
                half * 2.05f,
                height * 0.97f
            );
            var middle = Math.Clamp(
                Center(index, dice) * width,
                half * 0.92f,
                width - half * 0.92f
            );
            DrawOne(canvas, style, new(middle, foot), half, color, dice);
        }
        style.Finish(canvas, dice);
        return canvas.ToPicture();
    }

    // Half of a subject's height as a share of the picture's.
    private float HalfSize(Dice dice)
    {
        var alone = Size switch
        {
            SubjectSize.Small => dice.Between(0.12f, 0.155f),
            SubjectSize.Big => dice.Between(0.35f, 0.42f),
            _ => dice.Between(0.22f, 0.27f),
        };
        return Count == 1
            ? alone
            : alone * (Size == SubjectSize.Big ? 0.62f : 0.8f) * (Count == 3 ? 0.8f : 1);
    }

    // A subject's middle as a share of the picture's width.
    private float Center(int index, Dice dice) =>
        Count > 1
            ? (index + 0.5f + dice.Between(-0.07f, 0.07f)) / Count
            : Side switch
            {
                Side.Left => Size == SubjectSize.Big
                    ? dice.Between(0.33f, 0.37f)
                    : dice.Between(0.2f, 0.28f),
                Side.Right => Size == SubjectSize.Big
                    ? dice.Between(0.63f, 0.67f)
                    : dice.Between(0.72f, 0.8f),
                _ => dice.Between(0.46f, 0.54f),
            };

    private void DrawOne(
        Canvas canvas,
        Style style,
        Vector2 foot,
        float half,
        Vector3 color,
        Dice dice
    )
    {
        if (Place is Place.Grass or Place.Snow or Place.Beach && Subject != Subject.Fish)
            canvas.Fill(
                [Outline.Ellipse(foot, new(half * 0.85f, half * 0.12f))],
                (Paint)Palette.Ink with
                {
                    Opacity = 0.18f,
                }
            );
        var mirror = dice.Happens(0.5f) ? -1 : 1;
        var stretch = dice.Between(0.92f, 1.08f);
        var tilt = Subject is Subject.House or Subject.Tree or Subject.Car ? 0.03f : 0.08f;
        var placing =
            Matrix3x2.CreateTranslation(0, -1)
            * Matrix3x2.CreateScale(mirror * half * stretch, half)
            * Matrix3x2.CreateRotation(dice.Between(-tilt, tilt))
            * Matrix3x2.CreateTranslation(foot);
        var sketch = new Sketch(canvas, placing, style) { Dark = Place == Place.Night };
        Action<Sketch, Vector3, Dice> subject = Subject switch
        {
            Subject.Dog => DogDrawing.Sketch,
            Subject.Cat => CatDrawing.Sketch,
            Subject.Bird => BirdDrawing.Sketch,
            Subject.Fish => FishDrawing.Sketch,
            Subject.Tree => TreeDrawing.Sketch,
            Subject.House => HouseDrawing.Sketch,
            _ => CarDrawing.Sketch,
        };
        subject(sketch, color, dice);
        sketch.Draw();
    }
}
