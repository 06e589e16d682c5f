using System.Buffers;

namespace SentenceTransformers;

/// <summary>Names that become folders and files of the cache. Those that the server gives are not trusted.</summary>
internal static class HubName
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|");

    // Names that Windows keeps for devices, whatever follows the first dot.
    private static readonly HashSet<string> Devices = new(
        (
            "CON PRN AUX NUL CONIN$ CONOUT$ COM0 COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9 "
            + "LPT0 LPT1 LPT2 LPT3 LPT4 LPT5 LPT6 LPT7 LPT8 LPT9"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether a text has the form of a model's id on the hub: "name" or "owner/name".</summary>
    public static bool IsModel(string text) =>
        text.Length <= 96
        && text.Split('/') is { Length: 1 or 2 } parts
        && parts.All(part =>
            IsPlain(part)
            && !part.Contains("--", StringComparison.Ordinal)
            && !part.Contains("..", StringComparison.Ordinal)
        );

    /// <summary>Whether a text can be one folder's or one blob's name: a commit, an ETag.</summary>
    public static bool IsPlain(string text) =>
        text.Length is > 0 and <= 128
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && text[0] is not ('.' or '-')
        && text[^1] is not '.';

    /// <summary>Whether a text can be a branch, a tag or a commit: plain names separated by slashes ("refs/pr/1").</summary>
    public static bool IsRevision(string text) =>
        text.Length <= 256 && text.Split('/').All(IsPlain);

    /// <summary>Whether a file of a repository may be written below the cache: on no system does its name lead elsewhere.</summary>
    public static bool IsFile(string text) =>
        text.Length is > 0 and <= 1024 && text.Split('/').All(IsSafePart);

    private static bool IsSafePart(string part) =>
        part.Length is > 0 and <= 255
        && part[^1] is not ('.' or ' ') // also "." and "..": Windows drops what ends so
        && !part.AsSpan().ContainsAny(Forbidden)
        && !part.Any(char.IsControl)
        && !Devices.Contains(part.Split('.')[0].TrimEnd());
}
