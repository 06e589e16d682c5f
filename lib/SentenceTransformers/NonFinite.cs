using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>Finds NaN and infinities, which no weight and no embedding may hold.</summary>
internal static class NonFinite
{
    /// <summary>Where the first of them stands, and its name for messages; -1 where there is none.</summary>
    public static int IndexIn(ReadOnlySpan<float> numbers, out string name)
    {
        name = "";
        if (numbers.IsEmpty || TensorPrimitives.IsFiniteAll(numbers)) // false for none
            return -1;
        var i = 0;
        while (float.IsFinite(numbers[i]))
            i++;
        name = float.IsNaN(numbers[i]) ? "NaN" : "an infinity";
        return i;
    }
}
