using NotebookKernel;

if (args is [RunNotebooksCommand.Name, ..])
{
    // Cells may leave threads behind that would keep the process alive.
    Environment.Exit(await RunNotebooksCommand.RunAsync(args).ConfigureAwait(false));
}
Console.Error.WriteLine(RunNotebooksCommand.Usage);
return 2;
