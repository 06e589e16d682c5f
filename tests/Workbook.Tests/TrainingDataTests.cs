using System.Globalization;
using System.Text;

namespace Workbook.Tests;

/// <summary>What data/README.md says of our own training sentences, and that nothing is trained on that is measured with.</summary>
public sealed class TrainingDataTests
{
    private static readonly string[][] Paraphrases =
    [
        .. Table("paraphrases.tsv").Select(row => row[1..]),
    ];
    private static readonly string[][] HardNegatives = Table("hard-negatives.tsv");
    private static readonly string[][] GradedPairs = Table("graded-pairs.tsv");
    private static readonly string[][] English = Table("english.tsv");
    private static readonly string[][] Questions = Table("questions.tsv");

    [Fact]
    public void There_are_3000_groups_of_3_to_6_sentences()
    {
        Assert.InRange(Paraphrases.Length, 3000, int.MaxValue);
        Assert.All(Paraphrases, group => Assert.InRange(group.Length, 3, 6));
    }

    [Fact]
    public void Every_hard_negative_stands_beside_a_paraphrase()
    {
        Assert.InRange(HardNegatives.Length, 1500, int.MaxValue);
        Assert.All(HardNegatives, row => Assert.Equal(3, row.Select(Key).Distinct().Count()));
    }

    [Fact]
    public void Grades_are_from_0_to_5_and_all_of_them_occur()
    {
        Assert.InRange(GradedPairs.Length, 1000, int.MaxValue);
        var grades = GradedPairs
            .Select(row => Math.Round(double.Parse(row[0], CultureInfo.InvariantCulture)))
            .ToHashSet();
        Assert.Equal([0, 1, 2, 3, 4, 5], grades.Order());
    }

    [Fact]
    public void There_are_500_English_counterparts() =>
        Assert.InRange(English.DistinctBy(row => Key(row[0])).Count(), 500, int.MaxValue);

    [Fact]
    public void Every_passage_has_questions_that_occur_nowhere_else()
    {
        Assert.All(Questions, row => Assert.InRange(row.Length, 2, 4));
        var all = Questions.SelectMany(row => row).Select(Key).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void No_sentence_is_in_two_groups()
    {
        var all = Paraphrases.SelectMany(group => group).Select(Key).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Nothing_is_trained_on_that_the_workbook_measures_with()
    {
        var measured = Lesson
            .Table("faq-passages.tsv")
            .Select(row => row[2])
            .Concat(Lesson.Table("faq-questions.tsv").Select(row => row[1]))
            .Concat(Lesson.Table("graded-pairs.tsv").SelectMany(row => row[1..3]))
            .Concat(Lesson.Table("everyday-sentences.tsv").SelectMany(row => row))
            .Concat(
                Lesson
                    .Table("korean-minimal-pairs.tsv")
                    .Where((_, i) => i % 3 == 2) // the others are for training
                    .SelectMany(row => row[2..5])
            )
            .Concat(LectureSentences)
            .Select(Key)
            .ToHashSet();
        var trained = Paraphrases
            .Concat(HardNegatives)
            .Concat(GradedPairs.Select(row => row[1..]))
            .Concat(English)
            .Concat(Questions)
            .SelectMany(row => row);
        Assert.DoesNotContain(trained, sentence => measured.Contains(Key(sentence)));
    }

    private static readonly string[] LectureSentences =
    [
        "오늘 날씨가 좋아요",
        "오늘 하늘이 맑아요",
        "프로그램을 배우고 싶습니다.",
        "잠이 안옵니다",
        "졸음이 옵니다",
        "기차가 옵니다",
    ];

    private static string[][] Table(string file) => Lesson.Table(Path.Combine("training", file));

    /// <summary>A sentence without its spaces, punctuation and capitals.</summary>
    private static string Key(string sentence) =>
        string.Concat(
            sentence
                .Normalize(NormalizationForm.FormC)
                .ToLowerInvariant()
                .Where(char.IsLetterOrDigit)
        );
}
