namespace SentenceTransformers;

/// <summary>The cache's layout, which is huggingface_hub's own, so that Python and this library share what is fetched.</summary>
/// <remarks>
/// <code>
/// models--owner--name/refs/main                 the commit that a branch stood at
/// models--owner--name/blobs/ETAG                a file's content, once
/// models--owner--name/snapshots/COMMIT/FILE     a link to its blob (a copy where links are not allowed)
/// .locks/models--owner--name/ETAG.lock          held while a blob is written
/// </code>
/// </remarks>
internal sealed class HubCache(string root, string model)
{
    private readonly string name = "models--" + model.Replace("/", "--", StringComparison.Ordinal);

    /// <summary>The folder of what was fetched of a branch, a tag or a commit, or null.</summary>
    public string? Find(string revision) =>
        Commit(revision) is { } commit && Directory.Exists(Snapshot(commit))
            ? Snapshot(commit)
            : null;

    /// <summary>The folder of a commit's files.</summary>
    public string Snapshot(string commit) => Path.Combine(root, name, "snapshots", commit);

    /// <summary>Where a file of a commit is, or will be.</summary>
    public string Pointer(string commit, string file) =>
        Path.Combine(Snapshot(commit), Native(file));

    /// <summary>Where a file's content is, or will be.</summary>
    public string Blob(string etag) => Path.Combine(root, name, "blobs", etag);

    /// <summary>The commit that a branch or tag stood at when it was last fetched; a commit is itself.</summary>
    private string? Commit(string revision)
    {
        if (Directory.Exists(Snapshot(revision)))
            return revision;
        var path = Reference(revision);
        return
            File.Exists(path)
            && File.ReadAllText(path).Trim() is var commit
            && HubName.IsPlain(commit)
            ? commit
            : null;
    }

    /// <summary>Remembers where a branch or tag stands.</summary>
    public void Remember(string revision, string commit)
    {
        if (revision == commit)
            return;
        var path = Reference(revision);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = Draft(path);
        File.WriteAllText(draft, commit);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Puts a blob into a commit's folder; <paramref name="owned"/> when this process has just written the blob.</summary>
    public void Link(string commit, string file, string etag, bool owned)
    {
        var pointer = Pointer(commit, file);
        var blob = Blob(etag);
        Directory.CreateDirectory(Path.GetDirectoryName(pointer)!);
        if (File.Exists(pointer))
            return;
        try
        {
            if (new FileInfo(pointer).LinkTarget is not null)
                File.Delete(pointer); // a link whose blob is gone
            File.CreateSymbolicLink(
                pointer,
                Path.GetRelativePath(Path.GetDirectoryName(pointer)!, blob)
            );
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or PlatformNotSupportedException
            )
        {
            if (File.Exists(pointer))
                return; // another process was quicker
            // Windows allows links to developers only. A blob of our own is then moved; one that another commit may
            // share is copied aside and renamed, so that no half file ever has the final name.
            var draft = Draft(pointer);
            if (owned)
                File.Move(blob, pointer);
            else
            {
                File.Copy(blob, draft, overwrite: true);
                File.Move(draft, pointer, overwrite: true);
            }
        }
    }

    /// <summary>Waits until no other process, of Python or ours, writes a blob.</summary>
    public async Task<IDisposable> LockAsync(
        string etag,
        Action waiting,
        CancellationToken cancellation
    )
    {
        var path = Path.Combine(root, ".locks", name, $"{etag}.lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var told = false; ; )
        {
            try
            {
                // An exclusive open takes flock(2) on Unix, which is what Python's filelock takes.
                return new FileStream(
                    path,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException) when (File.Exists(path))
            {
                if (!told)
                    waiting();
                told = true;
                await Task.Delay(200, cancellation).ConfigureAwait(false);
            }
        }
    }

    private string Reference(string revision) => Path.Combine(root, name, "refs", Native(revision));

    /// <summary>A name that no other writer has, in this process or another: two pulls may write one file at once.</summary>
    private static string Draft(string path) => $"{path}.{Path.GetRandomFileName()}";

    private static string Native(string path) => path.Replace('/', Path.DirectorySeparatorChar);
}
