namespace NotebookKernel.Tests;

/// <summary>One kernel and one client for all tests of a class.</summary>
public sealed class KernelFixture : IDisposable
{
    internal KernelProcess Kernel { get; }

    internal KernelClient Client { get; }

    public KernelFixture()
    {
        Kernel = new();
        Client = new(Kernel);
    }

    public void Dispose()
    {
        Client.Dispose();
        Kernel.Dispose();
    }
}
