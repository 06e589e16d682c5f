using System.Numerics;

namespace DrawnWorld;

/// <summary>The hand that a picture is drawn with.</summary>
internal sealed class Style
{
    public Style(Dice dice)
    {
        var kind = dice.Below(4);
        OutlineWidth = kind switch
        {
            0 => 0,
            1 => dice.Between(0.02f, 0.04f),
            _ => dice.Between(0.04f, 0.08f),
        };
        OutlineInk = kind == 3 ? 1 : dice.Between(0.35f, 0.75f);
        Shading = dice.Happens(0.6f) ? dice.Between(0.05f, 0.3f) : 0;
        Grain = dice.Happens(0.4f) ? dice.Between(0.01f, 0.045f) : 0;
        Warmth = dice.Between(-0.03f, 0.03f);
    }

    /// <summary>The width of outlines, where a subject is 2 wide; 0 draws none.</summary>
    public float OutlineWidth { get; }

    /// <summary>From 0, an outline of the part's own colour, to 1, one of black ink.</summary>
    public float OutlineInk { get; }

    /// <summary>How much darker a part is at its lower end than at its upper end.</summary>
    public float Shading { get; }

    /// <summary>How rough the paper is.</summary>
    public float Grain { get; }

    /// <summary>How much redder, and less blue, the whole picture is.</summary>
    public float Warmth { get; }

    public void Finish(Canvas canvas, Dice dice)
    {
        var tint = new Vector3(Warmth, 0, -Warmth);
        canvas.Change((_, _, color) => color + tint + new Vector3(Grain * dice.Between(-1, 1)));
    }
}
