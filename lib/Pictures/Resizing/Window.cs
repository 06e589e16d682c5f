namespace Pictures.Resizing;

/// <summary>A part of a picture, in pixels from its upper left corner.</summary>
public readonly record struct Window(int Left, int Top, int Width, int Height);
