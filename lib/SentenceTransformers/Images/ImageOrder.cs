namespace SentenceTransformers;

/// <summary>In which order a picture is prepared; the two widely used ones differ.</summary>
/// <remarks>
/// On a photo of even size both give the same numbers. They part where a picture has a palette or is black and white (OpenAI
/// resizes it before it has other colours, so no colours are mixed), where it is transparent (OpenAI resizes colour times
/// opacity), and where an odd number of pixels is to be cut off (OpenAI rounds half a pixel to even, Hugging Face down).
/// </remarks>
public enum ImageOrder
{
    /// <summary>Red, green and blue first, then resize, then crop: CLIPImageProcessor of transformers, and so sentence-transformers.</summary>
    HuggingFace,

    /// <summary>Resize, crop, and then red, green and blue: <c>_transform</c> of openai/CLIP.</summary>
    OpenAI,
}
