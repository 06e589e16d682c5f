using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NotebookKernel;

/// <summary>The front end that started this process. A front end that crashes tells nobody, and its kernel must not stay.</summary>
internal static partial class ParentProcess
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Calls back, once, when the process that started this one has ended.</summary>
    public static void WhenEnded(Action ended)
    {
        ThreadStart wait = OperatingSystem.IsWindows()
            ? () => WaitOnWindows(ended)
            : () => WaitOnUnix(ended);
        new Thread(wait, 1 << 18) { IsBackground = true, Name = "parent watch" }.Start();
    }

    // An orphan gets another parent. One whose parent is the first process ends together with that.
    private static void WaitOnUnix(Action ended)
    {
        var parent = ParentOnUnix();
        while (ParentOnUnix() == parent)
            Thread.Sleep(Look);
        ended();
    }

    // Windows has no orphans: the number of the parent stays, and may become another's, who then began later.
    private static void WaitOnWindows(Action ended)
    {
        var own = Process.GetCurrentProcess();
        var information = new nint[6];
        if (
            Query(own.Handle, 0, information, information.Length * nint.Size, out _) != 0
            || information[5] == 0
        )
            return;
        try
        {
            using var parent = Process.GetProcessById((int)information[5]);
            if (parent.StartTime <= own.StartTime)
                parent.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
        catch (Exception error)
            when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return; // it is another user's, and cannot be watched
        }
        ended();
    }

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int ParentOnUnix();

    // PROCESS_BASIC_INFORMATION: six words, of which the last is the parent.
    [DllImport("ntdll", EntryPoint = "NtQueryInformationProcess")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Query(
        nint process,
        int kind,
        nint[] information,
        int length,
        out int written
    );
}
