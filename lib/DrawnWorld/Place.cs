namespace DrawnWorld;

/// <summary>Where the subject is.</summary>
public enum Place
{
    /// <summary>On grass, under a day's sky.</summary>
    Grass,

    /// <summary>On snow.</summary>
    Snow,

    /// <summary>On sand, with the sea behind.</summary>
    Beach,

    /// <summary>Outdoors at night.</summary>
    Night,

    /// <summary>Before a plain yellow background.</summary>
    Yellow,

    /// <summary>Before a plain blue background.</summary>
    Blue,

    /// <summary>Before a plain pink background.</summary>
    Pink,
}
