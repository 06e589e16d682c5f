using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SentenceTransformers;

/// <summary>Sums of products of bytes (0 to 127) and signed bytes: what lets one kernel be compiled for every width of vector.</summary>
internal unsafe interface IByteLanes<TSelf>
    where TSelf : struct, IByteLanes<TSelf>
{
    /// <summary>How many bytes are taken at once.</summary>
    static abstract int Count { get; }

    /// <summary>sum + row x query, over <see cref="Count"/> bytes.</summary>
    static abstract TSelf MultiplyAdd(byte* row, sbyte* query, TSelf sum);

    /// <summary>Lane by lane.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>All lanes added up.</summary>
    static abstract int Sum(TSelf lanes);
}

/// <summary>64 bytes (AVX-512). A byte of at most 127 keeps the sums of two products within 16 bits.</summary>
internal readonly unsafe struct ByteLanes512(Vector512<int> value) : IByteLanes<ByteLanes512>
{
    private readonly Vector512<int> value = value;

    public static bool IsSupported => Avx512BW.IsSupported && Vector512.IsHardwareAccelerated;

    public static int Count => Vector512<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes512 MultiplyAdd(byte* row, sbyte* query, ByteLanes512 sum) =>
        new(
            sum.value
                + Avx512BW.MultiplyAddAdjacent(
                    Avx512BW.MultiplyAddAdjacent(Vector512.Load(row), Vector512.Load(query)),
                    Vector512<short>.One
                )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes512 Add(ByteLanes512 a, ByteLanes512 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(ByteLanes512 lanes) => Vector512.Sum(lanes.value);
}

/// <summary>32 bytes (AVX2).</summary>
internal readonly unsafe struct ByteLanes256(Vector256<int> value) : IByteLanes<ByteLanes256>
{
    private readonly Vector256<int> value = value;

    public static bool IsSupported => Avx2.IsSupported;

    public static int Count => Vector256<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes256 MultiplyAdd(byte* row, sbyte* query, ByteLanes256 sum) =>
        new(
            sum.value
                + Avx2.MultiplyAddAdjacent(
                    Avx2.MultiplyAddAdjacent(Vector256.Load(row), Vector256.Load(query)),
                    Vector256<short>.One
                )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes256 Add(ByteLanes256 a, ByteLanes256 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(ByteLanes256 lanes) => Vector256.Sum(lanes.value);
}

/// <summary>16 bytes, by operations that every processor has.</summary>
internal readonly unsafe struct ByteLanes128(Vector128<int> value) : IByteLanes<ByteLanes128>
{
    private readonly Vector128<int> value = value;

    public static int Count => Vector128<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes128 MultiplyAdd(byte* row, sbyte* query, ByteLanes128 sum)
    {
        var (low, high) = Vector128.Widen(Vector128.Load((sbyte*)row)); // at most 127, so the sign is the same
        var (queryLow, queryHigh) = Vector128.Widen(Vector128.Load(query));
        var (a, b) = Vector128.Widen(low * queryLow + high * queryHigh);
        return new(sum.value + a + b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes128 Add(ByteLanes128 a, ByteLanes128 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(ByteLanes128 lanes) => Vector128.Sum(lanes.value);
}
