namespace DrawnWorld;

/// <summary>A picture's pixels.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pixels">Red, green and blue of each pixel, row by row from the top left: [height, width, 3].</param>
public sealed record DrawnPicture(int Width, int Height, byte[] Pixels)
{
    /// <summary>The picture as a PNG file.</summary>
    public byte[] ToPng() => PngWriter.Write(Width, Height, Pixels);
}
