namespace ServedModels;

/// <summary>A served model did not answer, refused, or answered something else than was asked.</summary>
public sealed class ServedModelException : Exception
{
    /// <summary>Creates the error.</summary>
    public ServedModelException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}
