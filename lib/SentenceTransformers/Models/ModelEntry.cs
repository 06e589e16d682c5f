using System.Security.Cryptography;

namespace SentenceTransformers;

/// <summary>One model of models/models.json: what it is, whose it is, and the files it consists of.</summary>
public sealed record ModelEntry
{
    /// <summary>The name it is loaded by, such as "ko-mini".</summary>
    public required string Name { get; init; }

    /// <summary>"bi-encoder" or "cross-encoder".</summary>
    public required string Kind { get; init; }

    /// <summary>The folder that holds its files; null for a model of the hub that has not been fetched.</summary>
    public required string? Folder { get; init; }

    /// <summary>Its id on the hub; null for a model that comes with the workbook.</summary>
    public string? HubId { get; init; }

    /// <summary>The commit that its published numbers were made with; null where that is not known, and "main" is taken.</summary>
    public string? Revision { get; init; }

    /// <summary>One sentence for a list.</summary>
    public required string Description { get; init; }

    /// <summary>SPDX name of the licence that its weights are under.</summary>
    public required string Licence { get; init; }

    /// <summary>Languages it was trained on, as BCP 47 tags.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The most tokens of a text that it reads.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>How many numbers its vectors have; null for a cross-encoder, which makes none.</summary>
    public required int? Dimension { get; init; }

    /// <summary>Its pooling mode.</summary>
    public required string? Pooling { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Numbers published for it.</summary>
    public required IReadOnlyList<ModelExample> Examples { get; init; }

    /// <summary>What it was to reach, and what its card says that it does.</summary>
    public required IReadOnlyList<ModelGoal> Goals { get; init; }

    /// <summary>Its files, of a model that comes with the workbook; the hub knows its own.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>The lessons that use it, such as "01".</summary>
    public required IReadOnlyList<string> Lessons { get; init; }

    /// <summary>Bytes in all; null for a model of the hub that has not been fetched: the hub tells when it is.</summary>
    public long? Size =>
        Files.Count > 0 ? Files.Sum(file => file.Size)
        : Folder is null ? null
        : new DirectoryInfo(Folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file =>
                // The cache links its snapshots to its blobs.
                file.ResolveLinkTarget(returnFinalTarget: true)
                    is FileInfo blob
                    ? blob.Length
                    : file.Length
            );

    /// <summary>Compares every file with its recorded size and SHA-256; yields one line for each that differs.</summary>
    public IEnumerable<string> Verify()
    {
        foreach (var file in Files)
        {
            var path = System.IO.Path.Combine(Folder!, file.Path);
            if (!File.Exists(path))
            {
                yield return $"{path}: missing";
                continue;
            }
            using var stream = File.OpenRead(path);
            if (stream.Length != file.Size)
            {
                yield return $"{path}: {stream.Length:N0} bytes, expected {file.Size:N0}";
                continue;
            }
            var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (hash != file.Sha256)
                yield return $"{path}: SHA-256 is {hash}, expected {file.Sha256}";
        }
    }
}
