using NotebookKernel;

// Cells may leave threads behind that would keep the process alive.
switch (args)
{
    case [RunNotebooksCommand.Name, ..]:
        Environment.Exit(await RunNotebooksCommand.RunAsync(args).ConfigureAwait(false));
        return 0;
    case [JupyterCommand.Name, ..]:
        Environment.Exit(await JupyterCommand.RunAsync(args).ConfigureAwait(false));
        return 0;
    default:
        Console.Error.WriteLine(RunNotebooksCommand.Usage);
        Console.Error.WriteLine(JupyterCommand.Usage);
        return 2;
}
