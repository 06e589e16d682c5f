namespace SentenceTransformers;

/// <summary>A file of a model folder, which may be anything: missing, huge, a link, or no file at all.</summary>
internal static class BoundedFile
{
    // The largest tokenizer.json on the hub is about 40 MB; a gigabyte is no configuration and no vocabulary.
    private const long MaximumBytes = 256L << 20;

    /// <summary>How many bytes a file holds; of a link, what it leads to. A pipe or a device, at which a reader waits without end, says 0.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public static long Length(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new FileNotFoundException($"{path}: no such file", path);
        if (file.ResolveLinkTarget(returnFinalTarget: true) is not FileInfo target)
            return file.Length;
        if (!target.Exists)
            throw new FileNotFoundException($"{path}: a link to {target}, which is missing", path);
        return target.Length;
    }

    /// <summary>Reads a whole file, unless it is far too large for one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, for the message: "a vocabulary".</param>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="ModelFormatException">It is too large.</exception>
    public static byte[] Read(string path, string kind)
    {
        var length = Length(path);
        if (length > MaximumBytes)
            throw new ModelFormatException(
                path,
                $"{length:N0} bytes, expected at most {MaximumBytes:N0} for {kind}"
            );
        return length == 0 ? [] : File.ReadAllBytes(path);
    }
}
