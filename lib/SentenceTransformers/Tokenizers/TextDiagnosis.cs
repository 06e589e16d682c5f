namespace SentenceTransformers;

/// <summary>A place in a text that a tokenizer reads otherwise than its writer may expect.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">What it is and what to do, in one line.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 code units.</param>
/// <param name="End">Where it ends, exclusive.</param>
public sealed record TextDiagnosis(TextDiagnosisKind Kind, string Message, int Start, int End);
