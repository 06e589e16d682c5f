namespace DrawnWorld;

/// <summary>On which side of the picture the subject is.</summary>
public enum Side
{
    /// <summary>In the middle, which captions do not tell.</summary>
    Middle,

    /// <summary>On the viewer's left.</summary>
    Left,

    /// <summary>On the viewer's right.</summary>
    Right,
}
