namespace Pictures;

/// <summary>What the numbers of a pixel are; Pillow's name in brackets.</summary>
public enum PictureMode
{
    /// <summary>One number: black 0 to white 255 ("L").</summary>
    Gray,

    /// <summary>Gray, and how opaque it is ("LA").</summary>
    GrayAlpha,

    /// <summary>Red, green, blue ("RGB").</summary>
    Rgb,

    /// <summary>Red, green, blue, and how opaque the pixel is ("RGBA").</summary>
    Rgba,

    /// <summary>Cyan, magenta, yellow, black: ink from 0 to 255 ("CMYK").</summary>
    Cmyk,
}
