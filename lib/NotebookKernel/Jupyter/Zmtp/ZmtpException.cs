namespace NotebookKernel;

/// <summary>A peer does not speak ZMTP 3, or asks for more than it may.</summary>
internal sealed class ZmtpException(string message) : IOException(message);
