namespace Pictures.Resizing;

/// <summary>How a new pixel is made of old ones; the numbers are Pillow's, as preprocessor_config.json has them.</summary>
public enum ResampleFilter
{
    /// <summary>The pixel that lies there.</summary>
    Nearest = 0,

    /// <summary>Lanczos' windowed sinc over six pixels.</summary>
    Lanczos = 1,

    /// <summary>The weighted mean of two by two pixels.</summary>
    Bilinear = 2,

    /// <summary>A cubic curve through four by four pixels (a = -0.5).</summary>
    Bicubic = 3,
}
