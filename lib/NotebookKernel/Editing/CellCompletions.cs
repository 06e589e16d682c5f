namespace NotebookKernel;

/// <summary>The ways to go on typing at a place of a cell.</summary>
/// <param name="Start">Where the word that is being typed begins, in UTF-16 units of the cell.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Items">What may stand there; empty where nothing is known.</param>
internal sealed record CellCompletions(int Start, int End, IReadOnlyList<CellCompletion> Items);
