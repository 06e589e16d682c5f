using System.Globalization;
using System.Net;

namespace SentenceTransformers;

/// <summary>Brings one file's content into the cache, going on where an earlier attempt stopped.</summary>
/// <remarks>It grows as <c>ETAG.incomplete</c>, is compared with its hash, and only then has its final name.</remarks>
internal sealed class HubDownload(
    HubRequests requests,
    HubOptions options,
    IProgress<HubProgress>? progress
)
{
    private const int BufferSize = 1 << 17;

    /// <summary>Downloads a file to <paramref name="blob"/>.</summary>
    /// <exception cref="HubException">It cannot be had, or is not what the hub says.</exception>
    public async Task RunAsync(HubFile file, string blob, CancellationToken cancellation)
    {
        var draft = $"{blob}.incomplete";
        Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
        CheckSpace(file, draft);
        // A damaged file is fetched once more from its beginning: once may be chance, twice is not.
        for (var attempt = 1; ; attempt++)
        {
            await requests
                .RetryAsync(
                    file.Name,
                    () => FetchAsync(file, draft, cancellation),
                    note => progress?.Report(new(file.Name, Length(draft), file.Size, note)),
                    cancellation,
                    arrived: () => Length(draft)
                )
                .ConfigureAwait(false);
            if (await AgreesAsync(file, draft, cancellation).ConfigureAwait(false))
                break;
            File.Delete(draft);
            if (attempt == 2)
                throw new HubException(
                    $"{file.Name}: what arrived is not what the hub promised ({(file.ETag.Length == 64 ? "SHA-256" : "git hash")} differs from {file.ETag}); nothing was kept"
                );
            progress?.Report(
                new(file.Name, 0, file.Size, $"{file.Name}: damaged on its way; once more")
            );
        }
        File.Move(draft, blob, overwrite: true);
    }

    // One request: appends to the draft what it still lacks. Its end is the file's end, or an exception.
    private async Task<bool> FetchAsync(HubFile file, string draft, CancellationToken cancellation)
    {
        await using var output = new FileStream(
            draft,
            FileMode.OpenOrCreate,
            FileAccess.Write,
            FileShare.Read,
            bufferSize: 0 // what a full disk refuses must not be tried again when the file is closed
        );
        if (output.Length > file.Size)
            output.SetLength(0); // of another version
        if (output.Length == file.Size)
            return true;
        using var response = await requests
            .SendAsync(
                file.Name,
                HttpMethod.Get,
                file.Address,
                output.Length,
                describe: false,
                cancellation
            )
            .ConfigureAwait(false);
        var content = response.Content.Headers;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            var asked = output.Length;
            output.SetLength(0);
            throw new HubException($"{file.Name}: the server has no byte {asked:N0}")
            {
                Passing = true,
            };
        }
        if (
            content.ContentType?.MediaType == "text/html"
            && !file.Name.EndsWith(".html", StringComparison.Ordinal)
        )
            throw new HubException(
                $"{file.Name}: {response.RequestMessage!.RequestUri!.Host} sends a web page instead of the file; perhaps this network wants you to sign in"
            );
        if (response.StatusCode != HttpStatusCode.PartialContent)
            output.SetLength(0); // the server sends the whole file, whatever was asked for
        else if (content.ContentRange?.From != output.Length)
            throw new HubException(
                $"{file.Name}: asked for byte {output.Length:N0} on, the server sends from {content.ContentRange?.From:N0}"
            );
        var end = output.Length + content.ContentLength;
        if (file.Size is { } size && end is { } announced && announced != size)
            throw new HubException(
                $"{file.Name}: the server announces {announced:N0} bytes, expected {size:N0}"
            );
        output.Seek(0, SeekOrigin.End);
        await CopyAsync(file, response, output, file.Size ?? end, cancellation)
            .ConfigureAwait(false);
        return true;
    }

    private async Task CopyAsync(
        HubFile file,
        HttpResponseMessage response,
        FileStream output,
        long? size,
        CancellationToken cancellation
    )
    {
        await using var input = await response
            .Content.ReadAsStreamAsync(cancellation)
            .ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        var (windowStart, windowBytes) = (Environment.TickCount64, 0L);
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            // The limit runs on while too little arrives: a server that drips is given up like one that is silent.
            var left =
                options.StallTimeout
                - TimeSpan.FromMilliseconds(Environment.TickCount64 - windowStart);
            stall.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            int read;
            try
            {
                read = await input.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new HubException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file.Name}: fewer than {options.MinimumBytes:N0} bytes in {options.StallTimeout.TotalSeconds:0.#} s"
                    )
                )
                {
                    Passing = true,
                };
            }
            catch (IOException error) // cut in the middle
            {
                throw new HubException($"{file.Name}: {error.Message}", error) { Passing = true };
            }
            if (read == 0)
                break;
            if (output.Position + read > size)
                throw new HubException(
                    $"{file.Name}: more than the {size:N0} bytes that were announced"
                );
            try
            {
                output.Write(buffer, 0, read);
            }
            catch (Exception error)
                // .NET's word for a file larger than the file system takes
                when (error is IOException or ArgumentOutOfRangeException)
            {
                throw new HubException(
                    $"{file.Name}: cannot be written to {output.Name}: {error.Message}; what has arrived is kept, and pulling again goes on from there",
                    error
                );
            }
            progress?.Report(new(file.Name, output.Position, size));
            windowBytes += read;
            if (windowBytes >= options.MinimumBytes)
                (windowStart, windowBytes) = (Environment.TickCount64, 0);
        }
        if (size is { } expected && output.Position < expected)
            throw new HubException(
                $"{file.Name}: the connection ended after {output.Position:N0} of {expected:N0} bytes"
            )
            {
                Passing = true,
            };
    }

    private static async Task<bool> AgreesAsync(
        HubFile file,
        string draft,
        CancellationToken cancellation
    )
    {
        await using var input = new FileStream(
            draft,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read
        );
        using var hash = BlobHash.Of(file.ETag, input.Length);
        if (hash is null)
            return file.Size is null || input.Length == file.Size;
        var buffer = new byte[BufferSize];
        for (
            int read;
            (read = await input.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;

        )
            hash.Append(buffer.AsSpan(0, read));
        return hash.Agrees();
    }

    // Better said before an hour's download than after it.
    private static void CheckSpace(HubFile file, string draft)
    {
        if (file.Size is not { } size)
            return;
        long free;
        try
        {
            free = new DriveInfo(Path.GetFullPath(draft)).AvailableFreeSpace;
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return; // a drive that does not tell
        }
        var needed = size - Length(draft);
        if (needed > free)
            throw new HubException(
                $"{file.Name}: needs {needed / 1e6:N0} MB more, and {Path.GetDirectoryName(draft)} has {free / 1e6:N0} MB free"
            );
    }

    private static long Length(string path) =>
        new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
