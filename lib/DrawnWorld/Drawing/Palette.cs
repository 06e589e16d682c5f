using System.Numerics;

namespace DrawnWorld;

/// <summary>What each colour's name looks like, a little different every time.</summary>
internal static class Palette
{
    public static readonly Vector3 Ink = Rgb(28, 26, 30);
    public static readonly Vector3 White = Rgb(250, 250, 248);

    public static Vector3 Rgb(int red, int green, int blue) => new Vector3(red, green, blue) / 255;

    public static Vector3 Of(SubjectColor color, Dice dice)
    {
        var plain = color switch
        {
            SubjectColor.Brown => Rgb(128, 80, 42),
            SubjectColor.Black => Rgb(36, 35, 40),
            SubjectColor.White => Rgb(246, 246, 243),
            SubjectColor.Gray => Rgb(142, 143, 148),
            SubjectColor.Orange => Rgb(242, 140, 36),
            SubjectColor.Yellow => Rgb(248, 218, 58),
            SubjectColor.Red => Rgb(206, 42, 44),
            SubjectColor.Blue => Rgb(46, 96, 208),
            _ => Rgb(46, 150, 70),
        };
        // Without a hue of their own these three may only become lighter or darker.
        return color is SubjectColor.Black or SubjectColor.White or SubjectColor.Gray
            ? Lighter(plain, dice.Between(-0.03f, 0.03f))
            : Varied(plain, dice, 0.05f);
    }

    public static Vector3 Varied(Vector3 color, Dice dice, float reach) =>
        Clamp(
            color
                + dice.Shift3(reach) * new Vector3(0.7f)
                + new Vector3(dice.Between(-reach, reach))
        );

    /// <summary>Towards white above 0, towards black below.</summary>
    public static Vector3 Lighter(Vector3 color, float share) =>
        share > 0 ? Vector3.Lerp(color, Vector3.One, share) : color * (1 + share);

    /// <summary>A shade that can be seen on the colour.</summary>
    public static Vector3 Shade(Vector3 color, float share) =>
        Brightness(color) > 0.3f ? Lighter(color, -share) : Lighter(color, share * 0.6f);

    private static float Brightness(Vector3 color) => Vector3.Dot(color, new(0.3f, 0.59f, 0.11f));

    private static Vector3 Clamp(Vector3 color) => Vector3.Clamp(color, Vector3.Zero, Vector3.One);
}
