namespace DrawnWorld;

/// <summary>Writes English captions.</summary>
internal static class EnglishCaption
{
    public static string Write(Scene scene, Told told, Wording wording)
    {
        var things = Things(scene, told, wording);
        var (place, side) = (Place(scene, told, wording), Side(scene, told));
        var (article, are) = scene.Count == 1 ? (Article(things, wording), "is") : ("", "are");
        var caption = (place, side) switch
        {
            ("", "") => article + things,
            ("", _) => $"{article}{things} {side}",
            (_, "") => $"{article}{things} {place}",
            _ => wording.Of(
                $"{article}{things} {side}, {place}",
                $"{article}{things} {place}, {side}"
            ),
        };
        if (wording.Rarely(0.12f))
            caption = wording.Of("a picture of ", "a drawing of ") + caption;
        else if (wording.Rarely(0.12f) && article != "")
            caption = $"there {are} {caption}";
        return char.ToUpperInvariant(caption[0]) + caption[1..];
    }

    private static string Things(Scene scene, Told told, Wording wording)
    {
        var noun = Noun(scene.Subject, wording);
        var words = new List<string>();
        if (told.HasFlag(Told.Count) && scene.Count > 1)
            words.Add(scene.Count == 2 ? "two" : "three");
        if (told.HasFlag(Told.Size))
            words.Add(
                scene.Size == SubjectSize.Small
                    ? wording.Of("small", "little")
                    : wording.Of("big", "large")
            );
        if (told.HasFlag(Told.Color))
            words.Add(
                scene.Color == SubjectColor.Gray ? wording.Of("gray", "grey") : Name(scene.Color)
            );
        words.Add(scene.Count == 1 ? noun : Plural(noun));
        return string.Join(' ', words);
    }

    private static string Noun(Subject subject, Wording wording) =>
        subject switch
        {
            Subject.Dog => wording.Of("dog", "dog", "dog", "puppy"),
            Subject.Cat => wording.Of("cat", "cat", "cat", "kitten"),
            _ => Name(subject),
        };

    private static string Plural(string noun) =>
        noun switch
        {
            "fish" => noun,
            "puppy" => "puppies",
            _ => noun + "s",
        };

    private static string Article(string things, Wording wording) =>
        wording.Rarely(0.25f) ? ""
        : "aeiou".Contains(things[0], StringComparison.Ordinal) ? "an "
        : "a ";

    private static string Place(Scene scene, Told told, Wording wording) =>
        !told.HasFlag(Told.Place)
            ? ""
            : scene.Place switch
            {
                DrawnWorld.Place.Grass => wording.Of("on grass", "on the grass", "in the grass"),
                DrawnWorld.Place.Snow => wording.Of("in the snow", "on snow", "on the snow"),
                DrawnWorld.Place.Beach => wording.Of("on the beach", "on the sand", "by the sea"),
                DrawnWorld.Place.Night => wording.Of("at night", "in the night", "in the dark"),
                var plain => wording.Of("on a ", "on ", "against a ") + $"{Name(plain)} background",
            };

    private static string Side(Scene scene, Told told) =>
        told.HasFlag(Told.Side) ? $"on the {Name(scene.Side)}" : "";

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
