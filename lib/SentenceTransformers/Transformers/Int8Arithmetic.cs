using System.Runtime.Intrinsics.X86;

namespace SentenceTransformers;

/// <summary>What this processor's multiplication of 8-bit numbers can hold.</summary>
internal static class Int8Arithmetic
{
    /// <summary>The largest magnitude of a weight: 127, or 63 where sums of two products saturate at 16 bits.</summary>
    /// <remarks>
    /// Without VNNI, x86 adds pairs of 8-bit products in 16 bits, and 2 x 255 x 127 does not fit. ONNX Runtime's own
    /// quantiser calls the remedy reduce_range. Arm's dot products add in 32 bits, as VNNI does.
    /// </remarks>
    public static int LargestWeight { get; } = X86Base.IsSupported && !HasVnni() ? 63 : 127;

    private static bool HasVnni()
    {
        const int structuredFeatures = 7;
        var (leaves, _, ecx, _) = X86Base.CpuId(structuredFeatures, 0);
        var avx512Vnni = (ecx & (1 << 11)) != 0;
        return avx512Vnni
            || (leaves >= 1 && (X86Base.CpuId(structuredFeatures, 1).Eax & (1 << 4)) != 0);
    }
}
