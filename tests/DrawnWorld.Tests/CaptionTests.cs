using System.Text;

namespace DrawnWorld.Tests;

public sealed class CaptionTests
{
    private static readonly Scene Dog = new(Subject.Dog, SubjectColor.Brown, Place.Grass);

    [Theory]
    [InlineData(Told.Nothing, "A dog", "개")]
    [InlineData(Told.Color, "A brown dog", "갈색 개")]
    [InlineData(Told.Place, "A dog on grass", "풀밭 위의 개")]
    [InlineData(Told.Everything, "A brown dog on grass", "풀밭 위의 갈색 개")]
    public void A_caption_tells_what_it_is_asked_to(Told told, string english, string korean)
    {
        Assert.Equal(english, Captions.English(Dog, told));
        Assert.Equal(korean, Captions.Korean(Dog, told));
    }

    [Fact]
    public void It_counts_and_tells_size_and_side_where_there_are_words_for_them()
    {
        var houses = new Scene(Subject.House, SubjectColor.Orange, Place.Yellow)
        {
            Count = 2,
            Size = SubjectSize.Small,
        };
        Assert.Equal("Two small orange houses on a yellow background", Captions.English(houses));
        Assert.Equal("노란 배경의 작은 주황색 집 두 채", Captions.Korean(houses));
        var cat = new Scene(Subject.Cat, SubjectColor.Orange, Place.Night)
        {
            Size = SubjectSize.Big,
            Side = Side.Left,
        };
        Assert.Equal("A big orange cat on the left, at night", Captions.English(cat));
        Assert.Equal("밤하늘 아래 왼쪽에 있는 큰 주황색 고양이", Captions.Korean(cat));
    }

    [Fact]
    public void More_than_one_shows_in_English_even_where_the_number_is_not_told()
    {
        var fish = new Scene(Subject.Fish, SubjectColor.Red, Place.Snow) { Count = 3 };
        Assert.Equal("Red fish", Captions.English(fish, Told.Color));
        Assert.Equal("Three red fish", Captions.English(fish, Told.Color | Told.Count));
        Assert.Equal("Dogs", Captions.English(Dog with { Count = 3 }, Told.Nothing));
    }

    [Fact]
    public void An_article_suits_the_word_that_follows_it()
    {
        var tree = new Scene(Subject.Tree, SubjectColor.Orange, Place.Snow);
        Assert.Equal("An orange tree", Captions.English(tree, Told.Color));
        Assert.Equal(
            "A big orange tree",
            Captions.English(tree with { Size = SubjectSize.Big }, Told.Color | Told.Size)
        );
    }

    [Fact]
    public void Korean_subjects_have_the_particle_that_suits_them()
    {
        var dice = new Dice(1);
        var sentences = Enumerable
            .Range(0, 5000)
            .Select(_ => Captions.Korean(Scene.Random(dice), Told.Everything, dice))
            .Where(caption => caption.Split(' ')[^1].StartsWith('있'))
            .Select(caption => caption.Split(' ')[^2])
            .ToArray();
        Assert.Contains("집이", sentences);
        Assert.Contains("마리가", sentences);
        Assert.All(
            sentences,
            subject => Assert.Equal(subject[^2] == '집' ? '이' : '가', subject[^1])
        );
    }

    [Fact]
    public void Captions_are_single_spaced_composed_text_however_they_are_worded()
    {
        var dice = new Dice(2);
        for (var round = 0; round < 2000; round++)
        {
            var scene = Scene.Random(dice);
            var told = (Told)dice.Below((int)Told.Everything + 1);
            foreach (
                var caption in (string[])
                    [Captions.English(scene, told, dice), Captions.Korean(scene, told, dice)]
            )
            {
                Assert.Equal(
                    caption,
                    string.Join(' ', caption.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                );
                Assert.True(caption.IsNormalized(NormalizationForm.FormC));
            }
        }
    }
}
