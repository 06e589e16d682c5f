using FsCheck;
using FsCheck.Fluent;

namespace SentenceTransformers.Tests;

/// <summary>What properties are tried on: nasty texts, and rows with many ties.</summary>
internal static class Arbitrary
{
    private static readonly string[] Pieces =
    [
        "오늘",
        "날씨가",
        "좋아요",
        "기차",
        "뷁",
        "하\u1161", // a syllable and a vowel of its own
        "\u1112\u1161\u11AB", // a syllable in pieces
        "the",
        "e\u0301",
        "日本",
        "😀",
        "\uD83D", // half a pair
        "👨‍👩‍👧",
        "[SEP]",
        "[UNK]",
        "##",
        "3.5",
        "!?",
        "~<>=+",
        "\u200B",
        "\u0007",
        "\u00A0",
        "\t",
        " ",
        " ",
    ];

    public static Gen<string> Text { get; } =
        Gen.Choose(0, 14)
            .SelectMany(count => Gen.Elements(Pieces).ArrayOf(count))
            .Select(string.Concat);

    /// <summary>From one to six texts.</summary>
    public static Gen<string[]> Texts { get; } =
        Gen.Choose(1, 6).SelectMany(count => Text.ArrayOf(count));

    /// <summary>From one to nine rows of one dimension, of few and simple numbers.</summary>
    public static Gen<float[][]> Rows(int dimension) =>
        Gen.Choose(1, 9)
            .SelectMany(count =>
                Gen.Choose(-8, 8).Select(x => x / 4f).ArrayOf(dimension).ArrayOf(count)
            );

    /// <summary>Two such lists of rows of the same dimension.</summary>
    public static Gen<(float[][] A, float[][] B)> TwoRows { get; } =
        Gen.Choose(1, 20)
            .SelectMany(dimension =>
                Rows(dimension).SelectMany(a => Rows(dimension).Select(b => (a, b)))
            );

    /// <summary>Tries a property on a hundred values, or as many as are given, and throws with the value that breaks it.</summary>
    public static void Check<T>(this Gen<T> values, Action<T> property, int times = 100) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true),
            Prop.ForAll(
                values.ToArbitrary(),
                value =>
                {
                    property(value);
                    return true;
                }
            )
        );
}
