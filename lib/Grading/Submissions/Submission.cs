namespace Grading;

/// <summary>A notebook that somebody handed in.</summary>
/// <param name="Learner">Who: the name of a folder or a file.</param>
/// <param name="Path">The file.</param>
internal sealed record Submission(string Learner, string Path);
