namespace DrawnWorld;

/// <summary>Writes Korean captions.</summary>
internal static class KoreanCaption
{
    public static string Write(Scene scene, Told told, Wording wording)
    {
        var things = Things(scene, told, wording);
        if (!told.HasFlag(Told.Place) && !told.HasFlag(Told.Side))
            return wording.Rarely(0.12f) ? $"{things} 그림" : things;
        if (wording.Rarely(0.3f))
            return $"{Where(scene, told, wording)} {things}{Subject(things)} {wording.Of("있다", "있어요", "있습니다")}";
        var caption = $"{Whose(scene, told, wording)} {things}";
        return wording.Rarely(0.12f) ? $"{caption} 그림" : caption;
    }

    // 작은 갈색 개 두 마리
    private static string Things(Scene scene, Told told, Wording wording)
    {
        var (noun, counter) = scene.Subject switch
        {
            DrawnWorld.Subject.Dog => (wording.Of("개", "강아지"), "마리"),
            DrawnWorld.Subject.Cat => ("고양이", "마리"),
            DrawnWorld.Subject.Bird => ("새", "마리"),
            DrawnWorld.Subject.Fish => ("물고기", "마리"),
            DrawnWorld.Subject.Tree => ("나무", "그루"),
            DrawnWorld.Subject.House => ("집", "채"),
            _ => (wording.Of("자동차", "차"), "대"),
        };
        var words = new List<string>();
        if (told.HasFlag(Told.Size))
            words.Add(
                scene.Size == SubjectSize.Small
                    ? wording.Of("작은", "조그만")
                    : wording.Of("큰", "커다란")
            );
        if (told.HasFlag(Told.Color))
            words.Add(Color(scene.Color, wording));
        words.Add(noun);
        // One is hardly ever counted.
        if (told.HasFlag(Told.Count) && (scene.Count > 1 || wording.Rarely(0.4f)))
            words.Add($"{(scene.Count == 1 ? "한" : scene.Count == 2 ? "두" : "세")} {counter}");
        return string.Join(' ', words);
    }

    private static string Color(SubjectColor color, Wording wording) =>
        color switch
        {
            SubjectColor.Brown => "갈색",
            SubjectColor.Black => wording.Of("검은", "검은색", "까만"),
            SubjectColor.White => wording.Of("하얀", "흰색", "흰"),
            SubjectColor.Gray => "회색",
            SubjectColor.Orange => "주황색",
            SubjectColor.Yellow => wording.Of("노란", "노란색"),
            SubjectColor.Red => wording.Of("빨간", "빨간색"),
            SubjectColor.Blue => wording.Of("파란", "파란색"),
            _ => wording.Of("초록색", "초록", "녹색"),
        };

    // Before a noun: 풀밭 위의, 풀밭 왼쪽에 있는
    private static string Whose(Scene scene, Told told, Wording wording)
    {
        var place = told.HasFlag(Told.Place) ? Place(scene.Place, wording) : "";
        if (told.HasFlag(Told.Side))
            return $"{place} {SideName(scene)}{wording.Of("에 있는", "의")}".TrimStart();
        return place
            + scene.Place switch
            {
                DrawnWorld.Place.Night when place.EndsWith("아래", StringComparison.Ordinal) =>
                    wording.Of("의", " 있는"),
                DrawnWorld.Place.Night => "의",
                DrawnWorld.Place.Grass or DrawnWorld.Place.Snow => wording.Of(
                    " 위의",
                    "에 있는",
                    "의"
                ),
                DrawnWorld.Place.Beach => wording.Of("의", "에 있는"),
                _ => wording.Of("의", "에 있는", " 앞의"),
            };
    }

    // Before a verb: 풀밭에, 풀밭 왼쪽에
    private static string Where(Scene scene, Told told, Wording wording)
    {
        var place = told.HasFlag(Told.Place) ? Place(scene.Place, wording) : "";
        if (told.HasFlag(Told.Side))
            return $"{place} {SideName(scene)}에".TrimStart();
        return place.EndsWith("아래", StringComparison.Ordinal) ? place : place + "에";
    }

    private static string Place(Place place, Wording wording) =>
        place switch
        {
            DrawnWorld.Place.Grass => wording.Of("풀밭", "잔디밭"),
            DrawnWorld.Place.Snow => wording.Of("눈밭", "눈밭", "설원"),
            DrawnWorld.Place.Beach => wording.Of("바닷가", "모래밭", "해변"),
            DrawnWorld.Place.Night => wording.Of("밤하늘 아래", "밤하늘 아래", "달밤", "한밤"),
            DrawnWorld.Place.Yellow => wording.Of("노란 배경", "노란색 배경"),
            DrawnWorld.Place.Blue => wording.Of("파란 배경", "파란색 배경"),
            _ => wording.Of("분홍 배경", "분홍색 배경"),
        };

    private static string SideName(Scene scene) => scene.Side == Side.Left ? "왼쪽" : "오른쪽";

    // 집 ends in a consonant; every other noun and counter here ends in a vowel.
    private static string Subject(string things) => things.EndsWith('집') ? "이" : "가";
}
