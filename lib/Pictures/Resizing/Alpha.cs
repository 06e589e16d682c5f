namespace Pictures.Resizing;

/// <summary>Colour times opacity, and back: so that what nobody sees has no weight when pixels are mixed.</summary>
/// <remarks>Pillow's modes "La" and "RGBa", with its rounding.</remarks>
public static class Alpha
{
    /// <summary>Multiplies each colour by its pixel's opacity; a picture without alpha is given back as it is.</summary>
    public static Picture Premultiply(Picture picture) => Map(picture, Picture.Product);

    /// <summary>Undoes <see cref="Premultiply"/>, as far as eight bits allow.</summary>
    public static Picture Unpremultiply(Picture picture) =>
        Map(
            picture,
            (color, alpha) => alpha is 0 or 255 ? color : Math.Min(255, 255 * color / alpha)
        );

    private static Picture Map(Picture picture, Func<int, int, int> change)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Mode is not (PictureMode.GrayAlpha or PictureMode.Rgba))
            return picture;
        var channels = picture.Channels;
        var pixels = picture.Pixels.ToArray();
        for (var pixel = 0; pixel < pixels.Length; pixel += channels)
        for (var i = pixel; i < pixel + channels - 1; i++)
            pixels[i] = (byte)change(pixels[i], pixels[pixel + channels - 1]);
        return new Picture(picture.Width, picture.Height, pixels, picture.Mode, picture.IsIndexed);
    }
}
