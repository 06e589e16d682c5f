using System.CommandLine;
using NotebookKernel;

namespace Workbook.CommandLine;

/// <summary>Puts the C# kernel where Jupyter and VS Code find it, and takes it away.</summary>
internal static class KernelCommand
{
    public static Command Create()
    {
        var prefix = new Option<string?>("--prefix")
        {
            Description =
                "A folder such as a virtual environment's; the kernel lies in DIR/share/jupyter/kernels. Without: this user's.",
            HelpName = "DIR",
        };
        var install = new ShellCommand(
            "install",
            $"Install the kernel {KernelSpec.DisplayName} for VS Code and Jupyter.",
            "dotnet workbook.cs kernel install"
        )
        {
            prefix,
        };
        install.Does((call, _) => Install(DataFolder(call.GetValue(prefix))));
        var uninstall = new ShellCommand(
            "uninstall",
            "Remove exactly what `kernel install` wrote.",
            "dotnet workbook.cs kernel uninstall"
        )
        {
            prefix,
        };
        uninstall.Does((call, _) => Uninstall(DataFolder(call.GetValue(prefix))));
        return new ShellCommand(
            "kernel",
            "The C# kernel for notebooks in VS Code and Jupyter.",
            "dotnet workbook.cs kernel install"
        )
        {
            install,
            uninstall,
        };
    }

    private static string DataFolder(string? prefix) =>
        prefix switch
        {
            null => KernelSpec.UserDataFolder(),
            "" => throw new UsageException("--prefix: expected a folder, found nothing"),
            _ => Path.Combine(prefix, "share", "jupyter"),
        };

    private static int Install(string dataFolder)
    {
        Console.Out.WriteLine(KernelSpec.Install(dataFolder));
        Console.Error.WriteLine(
            $$"""
            Installed {{KernelSpec.DisplayName}}. Install it again after an update of the repository.

            VS Code      with its Jupyter extension: open a notebook, Select Kernel (top right), Jupyter Kernel...,
                         {{KernelSpec.DisplayName}}. VS Code remembers it. It needs no Python.
            JupyterLab   open a notebook: it is chosen already; else Kernel, Change Kernel..., {{KernelSpec.DisplayName}}.

            For completion while you type, VS Code needs this line in your user settings
            (F1, Preferences: Open User Settings (JSON)); a workspace may not set it:

                "jupyter.completionTriggerCharacters": { "csharp": ["."] }
            """
        );
        return 0;
    }

    private static int Uninstall(string dataFolder)
    {
        if (KernelSpec.Uninstall(dataFolder) is { } removed)
            Console.Out.WriteLine(removed);
        else
            Console.Error.WriteLine(
                $"nothing to remove: no {KernelSpec.Name} in {Path.Combine(dataFolder, "kernels")}"
            );
        return 0;
    }
}
