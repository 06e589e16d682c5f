using System.Text;

namespace NotebookKernel;

/// <summary>One XML documentation file, read member by member: the framework's are ten megabytes and more.</summary>
internal sealed class XmlDocumentationFile(string path)
{
    private readonly Lazy<Dictionary<string, (long Start, int Length)>> members = new(() =>
        Index(path)
    );

    /// <summary>A member's element; null where the file has none, or cannot be read.</summary>
    /// <param name="id">The member's documentation id, such as <c>T:System.String</c>.</param>
    public string? Find(string id)
    {
        try
        {
            if (!members.Value.TryGetValue(id, out var place))
                return null;
            using var file = File.OpenHandle(path);
            var bytes = new byte[place.Length];
            var count = RandomAccess.Read(file, bytes, place.Start);
            return Encoding.UTF8.GetString(bytes, 0, count);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Dictionary<string, (long Start, int Length)> Index(string path)
    {
        var found = new Dictionary<string, (long Start, int Length)>();
        var bytes = File.ReadAllBytes(path).AsSpan();
        var open = "<member name=\""u8;
        var close = "</member>"u8;
        var at = 0;
        while (bytes[at..].IndexOf(open) is >= 0 and var next)
        {
            var start = at + next;
            var name = bytes[(start + open.Length)..];
            var nameLength = name.IndexOf((byte)'"');
            var length = bytes[start..].IndexOf(close);
            if (nameLength < 0 || length < 0)
                break;
            found.TryAdd(
                Encoding.UTF8.GetString(name[..nameLength]),
                (start, length + close.Length)
            );
            at = start + length + close.Length;
        }
        return found;
    }
}
