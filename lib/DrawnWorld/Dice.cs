using System.Numerics;

namespace DrawnWorld;

/// <summary>A seeded source of chance that gives the same numbers on every machine and every .NET (SplitMix64).</summary>
public sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number of 64 random bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var bits = state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>A whole number from 0 to below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)((UInt128)Next() * (ulong)count >> 64);

    /// <summary>A number between the two.</summary>
    public float Between(float low, float high) =>
        low + (high - low) * (Next() >> 40) / (float)(1 << 24);

    /// <summary>True as often as the probability says.</summary>
    public bool Happens(float probability) => Between(0, 1) < probability;

    /// <summary>One of the choices.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>Three numbers, each from -<paramref name="reach"/> to <paramref name="reach"/>.</summary>
    internal Vector3 Shift3(float reach) =>
        new(Between(-reach, reach), Between(-reach, reach), Between(-reach, reach));
}
