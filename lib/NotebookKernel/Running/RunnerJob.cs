namespace NotebookKernel;

/// <summary>A line that asks the process of the running notebooks for one more.</summary>
/// <param name="Path">The notebook, absolute.</param>
/// <param name="OutputPath">Where the executed notebook is written, absolute.</param>
internal sealed record RunnerJob(string Path, string OutputPath);
