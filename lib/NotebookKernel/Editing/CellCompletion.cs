namespace NotebookKernel;

/// <summary>One way to go on typing.</summary>
/// <param name="Text">What would stand in the place of the word that is being typed.</param>
/// <param name="Kind">What it is, in Jupyter's words: <c>class</c>, <c>function</c>, <c>property</c>, <c>instance</c>, <c>keyword</c>, <c>module</c> ...</param>
internal sealed record CellCompletion(string Text, string Kind);
