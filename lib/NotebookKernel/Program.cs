using NotebookKernel;

// Cells may leave threads behind that would keep the process alive.
switch (args)
{
    case [RunNotebookCommand.Name, ..]:
        Environment.Exit(await RunNotebookCommand.RunAsync(args).ConfigureAwait(false));
        return 0;
    case [JupyterCommand.Name, ..]:
        Environment.Exit(await JupyterCommand.RunAsync(args).ConfigureAwait(false));
        return 0;
    default:
        Console.Error.WriteLine(RunNotebookCommand.Usage);
        Console.Error.WriteLine(JupyterCommand.Usage);
        return 2;
}
