namespace SentenceTransformers;

/// <summary>What a model was to reach, and what it does.</summary>
/// <param name="Name">What is measured, with its unit.</param>
/// <param name="AtLeast">The goal; in the unit of the name.</param>
/// <param name="Value">What its card says that it reaches.</param>
/// <param name="Decimals">How many decimals the card has.</param>
/// <param name="Measure">How to measure it with the data of the workbook; null where that takes data that is not in it.</param>
public sealed record ModelGoal(
    string Name,
    double AtLeast,
    double Value,
    int Decimals,
    string? Measure
);
