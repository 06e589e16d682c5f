using System.Text.Json;

namespace Workbook;

/// <summary>A wrong answer, and what it tells of how it came about.</summary>
/// <param name="Answer">As an exercise's answer.</param>
/// <param name="Told">What to say to whoever gives it.</param>
/// <param name="Credit">The part of the exercise's points, from 0 to 1, that it is still worth where lessons are graded.</param>
internal sealed record KnownMistake(JsonElement Answer, Wording Told, double Credit = 0);
