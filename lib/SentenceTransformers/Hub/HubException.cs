namespace SentenceTransformers;

/// <summary>A model could not be fetched from the hub: it is not there, not allowed, or came damaged.</summary>
/// <remarks>What had arrived stays in the cache, and the next attempt goes on from there.</remarks>
public sealed class HubException : Exception
{
    /// <summary>Creates the error.</summary>
    public HubException(string message, Exception? innerException = null)
        : base(message, innerException) { }

    /// <summary>Whether the same request may succeed if it is simply made again.</summary>
    internal bool Passing { get; init; }

    /// <summary>The status of an answer that says nothing more.</summary>
    internal System.Net.HttpStatusCode? Status { get; init; }
}
