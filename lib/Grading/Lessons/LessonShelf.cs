using NotebookKernel;
using Workbook;

namespace Grading;

/// <summary>All lessons that can be graded, and what is right in them: read once, before any submission runs.</summary>
internal sealed class LessonShelf
{
    private const string Korean = "ko/";

    private readonly Dictionary<string, Exercise> exercises;
    private readonly ILookup<string, HiddenExercise> hidden;

    /// <summary>Reads the masters, notebooks/exercises.json, and a teacher's own exercises.</summary>
    /// <param name="repository">The workbook's folder.</param>
    /// <param name="hiddenPath">The teacher's file; null where there is none.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not as it should be.</exception>
    public LessonShelf(string repository, string? hiddenPath)
    {
        var notebooks = Path.Combine(repository, "notebooks");
        Repository = repository;
        Lessons = [.. Read(notebooks, ""), .. Read(Path.Combine(notebooks, "ko"), Korean)];
        var book = Path.Combine(notebooks, "exercises.json");
        exercises = ExerciseBook.Read(book).ToDictionary(exercise => exercise.Id);
        var own = hiddenPath is null ? [] : HiddenExercise.Read(hiddenPath);
        hidden = own.Where(one => one.After is not null).ToLookup(one => one.After!);
        foreach (var one in own)
            if (one.After is not null && exercises.ContainsKey(one.Id))
                throw new InvalidDataException(
                    $"{hiddenPath}: exercise '{one.Id}' is one of {book}, and comes after no other"
                );
            else
                exercises[one.Id] = one;
        foreach (var lesson in Lessons)
            if (lesson.Exercises.FirstOrDefault(id => !exercises.ContainsKey(id)) is { } unknown)
                throw new InvalidDataException($"{book}: no exercise '{unknown}' of {lesson.Name}");
        var asked = Lessons.SelectMany(lesson => lesson.Exercises).ToHashSet();
        if (own.FirstOrDefault(one => !asked.Contains(one.After ?? one.Id)) is { } stray)
            throw new InvalidDataException(
                $"{hiddenPath}: exercise '{stray.Id}': no lesson has the exercise '{stray.After ?? stray.Id}'"
            );
    }

    /// <summary>The workbook's folder.</summary>
    public string Repository { get; }

    /// <summary>The lessons that have a master, English before Korean.</summary>
    public IReadOnlyList<GradedLesson> Lessons { get; }

    /// <summary>What is right and what is known to be wrong.</summary>
    public Exercise Exercise(string id) => exercises[id];

    /// <summary>What the teacher asks besides, of the answer to an exercise.</summary>
    public IEnumerable<HiddenExercise> HiddenAfter(string exercise) => hidden[exercise];

    /// <summary>An exercise and those that the teacher asks after it.</summary>
    public IEnumerable<string> WithHidden(string exercise) =>
        HiddenAfter(exercise).Select(one => one.Id).Prepend(exercise);

    /// <summary>The lesson of a notebook by its cells; null where it is none of them.</summary>
    public GradedLesson? Of(NotebookDocument notebook) =>
        Lessons
            .Select(lesson => (Lesson: lesson, Likeness: lesson.Likeness(notebook)))
            .Where(found => found.Likeness.SameIds > 0)
            .OrderByDescending(found => found.Likeness)
            .Select(found => found.Lesson)
            .FirstOrDefault();

    /// <summary>The lesson that a file is named after, also where something stands before or behind; null where it is none.</summary>
    public GradedLesson? Named(string path)
    {
        var file = Path.GetFileNameWithoutExtension(path);
        var isKorean = Path.GetFileName(Path.GetDirectoryName(path)) == "ko";
        return Lessons
            .Where(lesson =>
                file.Contains(Path.GetFileName(lesson.Name), StringComparison.OrdinalIgnoreCase)
            )
            .OrderByDescending(lesson => lesson.IsKorean == isKorean)
            .FirstOrDefault();
    }

    private static IEnumerable<GradedLesson> Read(string notebooks, string prefix)
    {
        var masters = Path.Combine(notebooks, "solutions");
        return Directory.Exists(masters)
            ? Directory
                .GetFiles(masters, "*.ipynb")
                .Order(StringComparer.Ordinal)
                .Select(path =>
                    GradedLesson.Read(prefix + Path.GetFileNameWithoutExtension(path), path)
                )
            : [];
    }
}
