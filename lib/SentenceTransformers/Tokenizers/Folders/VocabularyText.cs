using System.Text;

namespace SentenceTransformers;

/// <summary>Reads vocab.txt.</summary>
internal static class VocabularyText
{
    /// <summary>Reads one token a line; of a token listed twice the last line counts, as with the reference.</summary>
    public static Dictionary<string, int> Read(string path)
    {
        var text = ReadText(path);
        var ids = new Dictionary<string, int>();
        var id = 0;
        // Lines end at "\n" or "\r\n" alone: a token may hold U+2028 or U+0085, which other readers split at.
        for (var start = 0; start < text.Length; id++)
        {
            if (id == Vocabulary.MaximumSize)
                throw new ModelFormatException(
                    path,
                    $"more than {Vocabulary.MaximumSize:N0} lines, expected a token a line"
                );
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(start, end - start);
            if (line is [.., '\r'])
                line = line[..^1];
            if (line.Contains('\r'))
                throw new ModelFormatException(
                    path,
                    $"line {id + 1:N0} holds a carriage return, expected lines that end in \"\\n\" or \"\\r\\n\""
                );
            ids[line.ToString()] = id;
            start = end + 1;
        }
        return ids;
    }

    /// <summary>Reads a whole file of UTF-8.</summary>
    public static string ReadText(string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(
                BoundedFile.Read(path, "a vocabulary")
            );
        }
        catch (DecoderFallbackException error)
        {
            throw new ModelFormatException(path, $"not valid UTF-8: {error.Message}", error);
        }
    }
}
