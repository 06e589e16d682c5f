namespace DrawnWorld;

/// <summary>Says in words what a scene shows.</summary>
public static class Captions
{
    /// <summary>What a caption may leave out: a subject of medium size in the middle has no words for it.</summary>
    public static Told Tellable(Scene scene) =>
        Told.Everything
        & ~(scene.Size == SubjectSize.Medium ? Told.Size : 0)
        & ~(scene.Side == Side.Middle ? Told.Side : 0);

    /// <summary>In English, such as "A brown dog on grass"; whether there is one or more always shows.</summary>
    /// <param name="scene">What the caption is of.</param>
    /// <param name="told">What it tells, as far as there are words for it.</param>
    /// <param name="dice">Chooses among the ways to say it; without one it is the plainest.</param>
    public static string English(Scene scene, Told told = Told.Everything, Dice? dice = null) =>
        EnglishCaption.Write(scene, told & Tellable(scene), new(dice));

    /// <summary>In Korean, such as "풀밭 위의 갈색 개".</summary>
    /// <param name="scene">What the caption is of.</param>
    /// <param name="told">What it tells, as far as there are words for it.</param>
    /// <param name="dice">Chooses among the ways to say it; without one it is the plainest.</param>
    public static string Korean(Scene scene, Told told = Told.Everything, Dice? dice = null) =>
        KoreanCaption.Write(scene, told & Tellable(scene), new(dice));
}
