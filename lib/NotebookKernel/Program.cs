using NotebookKernel;

Func<string[], Task<int>>? command = args switch
{
    [JupyterCommand.Name, ..] => JupyterCommand.RunAsync,
    [RunNotebooksCommand.Name, ..] => RunNotebooksCommand.RunAsync,
    [RunCellsCommand.Name, ..] => RunCellsCommand.RunAsync,
    [MeasureEngineCommand.Name, ..] => MeasureEngineCommand.RunAsync,
    _ => null,
};
if (command is not null)
{
    // Cells may leave threads behind that would keep the process alive.
    Environment.Exit(await command(args).ConfigureAwait(false));
}
Console.Error.WriteLine(JupyterCommand.Usage);
Console.Error.WriteLine(RunNotebooksCommand.Usage);
Console.Error.WriteLine(RunCellsCommand.Usage);
Console.Error.WriteLine(MeasureEngineCommand.Usage);
return 2;
