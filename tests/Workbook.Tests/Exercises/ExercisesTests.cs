using System.Text.Json;

namespace Workbook.Tests;

/// <summary>Answers are checked: right ones, mistakes that are known, and others with one hint after another.</summary>
public sealed class ExercisesTests
{
    private static Exercise Mean(string id) =>
        new()
        {
            Id = id,
            Answer = Json("[0.5, 2]"),
            Tolerance = 0.01,
            Mistakes = [new(Json("[0.3125, 1.25]"), new("You divided by 8.", "8로 나누었습니다."))],
            Hints = [new("first", "첫째"), new("second", "둘째")],
            Because = new("Only real tokens count.", "실제 토큰만 셉니다."),
        };

    [Fact]
    public void A_right_answer_may_be_of_any_kind_of_list_and_number()
    {
        foreach (
            object answer in new object[]
            {
                new[] { 0.5f, 2f },
                new[] { 0.495, 2.005 },
                new List<object> { 0.5m, 2 },
            }
        )
        {
            var result = Exercises.Check(Mean("t.1"), answer);
            Assert.Equal(CheckOutcome.Right, result.Outcome);
            Assert.Equal("✓ t.1 Right. Only real tokens count.", result.ToString());
        }
    }

    [Fact]
    public void Nothing_is_no_wrong_answer()
    {
        Assert.Equal(CheckOutcome.Unanswered, Exercises.Check(Mean("t.2"), null).Outcome);
        Assert.Equal(CheckOutcome.Unanswered, Exercises.Check(Mean("t.2"), "").Outcome);
    }

    [Fact]
    public void A_known_mistake_is_named_and_costs_no_try()
    {
        for (var i = 0; i < 3; i++)
        {
            var result = Exercises.Check(Mean("t.3"), new[] { 0.3125, 1.25 });
            Assert.Equal(
                (CheckOutcome.KnownMistake, "You divided by 8."),
                (result.Outcome, result.Message)
            );
        }
        Assert.Contains(
            "next try",
            Exercises.Check(Mean("t.3"), 7).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Wrong_answers_bring_hints_one_after_another()
    {
        string[] told =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(_ => Exercises.Check(Mean("t.4"), new[] { 1.0, 1.0 }).Message),
        ];
        Assert.Contains("Not yet", told[0], StringComparison.Ordinal);
        Assert.Equal(["first", "second"], told[1..3]);
        Assert.Contains("solution edition", told[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData('x')]
    [InlineData(true)]
    [InlineData("0.5")]
    public void Other_kinds_of_answers_are_wrong_and_no_error(object answer) =>
        Assert.Equal(CheckOutcome.Wrong, Exercises.Check(Mean("t.5"), answer).Outcome);

    [Fact]
    public void Texts_are_compared_but_for_case_spaces_and_how_Hangul_is_written()
    {
        var exercise = new Exercise { Id = "t.6", Answer = Json("\"평균 Pooling\"") };
        Assert.Equal(
            CheckOutcome.Right,
            Exercises
                .Check(exercise, " 평균pooling".Normalize(System.Text.NormalizationForm.FormD))
                .Outcome
        );
        Assert.Equal(CheckOutcome.Wrong, Exercises.Check(exercise, "최대 pooling").Outcome);
    }

    [Fact]
    public void What_a_learner_reads_is_escaped()
    {
        var exercise = new Exercise
        {
            Id = "t.7",
            Answer = Json("1"),
            Because = new("a < b & c", "a < b"),
        };
        Assert.Contains(
            "a &lt; b &amp; c",
            Exercises.Check(exercise, 1).ToHtml(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_course_s_own_exercises_are_well_formed()
    {
        var exercises = ExerciseBook.Read(
            Path.Combine(Goldens.Repository, "notebooks", "exercises.json")
        );
        Assert.Equal(exercises.Count, exercises.DistinctBy(one => one.Id).Count());
        foreach (var exercise in exercises)
        {
            Assert.Matches(@"^\d\d\.\d+$", exercise.Id);
            Assert.NotEmpty(exercise.Hints);
            Assert.Equal(CheckOutcome.Right, Exercises.Check(exercise, exercise.Answer).Outcome);
            // A mistake that is taken for right, or for another mistake, would teach the wrong thing.
            foreach (var mistake in exercise.Mistakes)
                Assert.Equal(
                    (CheckOutcome.KnownMistake, mistake.Told.En),
                    (
                        Exercises.Check(exercise, mistake.Answer).Outcome,
                        Exercises.Check(exercise, mistake.Answer).Message
                    )
                );
        }
    }

    [Fact]
    public void Guesses_are_compared_and_tallied()
    {
        Prediction.Forget();
        Assert.Equal("sleep: your guess is written down.", Prediction.Of("sleep", 0.6).ToString());
        Assert.Equal(
            "✓ sleep: guessed 0.60, came out 0.57. So far 1 of 1 good.",
            Prediction.Of("sleep", 0.6).Compare(0.567).ToString()
        );
        Assert.Equal(
            "✗ order: guessed a > b, came out b > a. So far 1 of 2 good.",
            Prediction.OfOrder("order", "a", "b").CompareOrder("b", "a").ToString()
        );
        Assert.Contains(
            "There was no guess",
            Prediction.Of("none", null).Compare(1).ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal((1, 2), Prediction.Score);
    }

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
