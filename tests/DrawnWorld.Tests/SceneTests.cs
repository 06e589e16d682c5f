namespace DrawnWorld.Tests;

public sealed class SceneTests
{
    private static readonly Scene Dog = new(Subject.Dog, SubjectColor.Brown, Place.Grass);

    [Fact]
    public void The_same_seed_draws_the_same_picture_and_another_seed_another_one()
    {
        var first = Dog.Draw(48, 32).Pixels;
        Assert.Equal(first, Dog.Draw(48, 32).Pixels);
        Assert.NotEqual(first, (Dog with { Seed = 1 }).Draw(48, 32).Pixels);
    }

    [Fact]
    public void Every_subject_can_be_drawn_in_every_place_and_changes_what_is_seen_there()
    {
        foreach (var place in Enum.GetValues<Place>())
        {
            var drawn = Enum.GetValues<Subject>()
                .Select(subject =>
                    Convert.ToHexString(
                        new Scene(subject, SubjectColor.Red, place).Draw(24, 24).Pixels
                    )
                )
                .ToArray();
            Assert.Equal(7, drawn.Length);
            Assert.Equal(drawn.Length, drawn.Distinct().Count());
        }
    }

    [Theory]
    [InlineData(Side.Left)]
    [InlineData(Side.Right)]
    public void A_subject_on_one_side_is_seen_on_that_side(Side side)
    {
        var scene = new Scene(Subject.Car, SubjectColor.Black, Place.Pink)
        {
            Size = SubjectSize.Small,
            Side = side,
        };
        Assert.All(
            Enumerable
                .Range(0, 20)
                .Select(seed => (scene with { Seed = (ulong)seed }).Draw(40, 40)),
            picture => Assert.Equal(side == Side.Left, DarkCenter(picture) < 20)
        );
    }

    [Fact]
    public void More_of_a_subject_and_larger_ones_take_more_of_the_picture()
    {
        var one = new Scene(Subject.Car, SubjectColor.Black, Place.Pink)
        {
            Size = SubjectSize.Small,
        };
        var dark = DarkPixels(one);
        Assert.True(DarkPixels(one with { Count = 3 }) > dark);
        Assert.True(DarkPixels(one with { Size = SubjectSize.Medium }) > 1.5 * dark);
    }

    [Fact]
    public void Chance_gives_every_kind_of_scene_and_the_same_ones_for_the_same_seed()
    {
        var scenes = Scenes(3);
        Assert.Equal(scenes, Scenes(3));
        Assert.Equal(
            7 * 9,
            scenes.Select(scene => (scene.Subject, scene.Color)).Distinct().Count()
        );
        Assert.Equal(
            7 * 7,
            scenes.Select(scene => (scene.Subject, scene.Place)).Distinct().Count()
        );
        Assert.Equal([1, 2, 3], scenes.Select(scene => scene.Count).Distinct().Order());
        Assert.All(
            scenes.Where(scene => scene.Count > 1),
            scene => Assert.Equal(Side.Middle, scene.Side)
        );
    }

    // So that pictures are the same wherever they are drawn; the numbers are those of SplitMix64's reference code.
    [Fact]
    public void The_dice_are_SplitMix64()
    {
        var dice = new Dice(1234567);
        Assert.Equal(6457827717110365317ul, dice.Next());
        Assert.Equal(3203168211198807973ul, dice.Next());
    }

    private static Scene[] Scenes(ulong seed)
    {
        var dice = new Dice(seed);
        return [.. Enumerable.Range(0, 2000).Select(_ => Scene.Random(dice))];
    }

    private static int DarkPixels(Scene scene) => Dark(scene.Draw(64, 64)).Count();

    private static double DarkCenter(DrawnPicture picture) => Dark(picture).Average();

    /// <summary>The columns of the pixels that are nearly black.</summary>
    private static IEnumerable<int> Dark(DrawnPicture picture) =>
        Enumerable
            .Range(0, picture.Width * picture.Height)
            .Where(pixel =>
                picture.Pixels.AsSpan(pixel * 3, 3).IndexOfAnyExceptInRange<byte>(0, 90) < 0
            )
            .Select(pixel => pixel % picture.Width);
}
