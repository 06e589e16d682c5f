namespace EmbeddingServer;

/// <summary>A request that is answered with an error, in the shape that OpenAI's clients read.</summary>
internal sealed class ApiException(int status, string message, string? parameter = null)
    : Exception(message)
{
    public int Status => status;

    public string? Parameter => parameter;
}
