using NotebookKernel;

if (args is [RunNotebookCommand.Name, ..])
{
    // Cells may leave threads behind that would keep the process alive.
    Environment.Exit(await RunNotebookCommand.RunAsync(args).ConfigureAwait(false));
}
Console.Error.WriteLine(RunNotebookCommand.Usage);
return 2;
