using System.Collections.Concurrent;
using System.Security.Cryptography;
using SentenceTransformers;

namespace Workbook;

/// <summary>What a number depends on: the model's files by their hashes, and how closely the number returns.</summary>
public static class Provenance
{
    /// <summary>How far a vector's numbers may lie from the reference implementation's, on any machine; the tests hold them to it.</summary>
    public const double Tolerance = 0.000_005;

    private const int ShownDigits = 8;

    private static readonly string[] Weights = ["model.safetensors", "pytorch_model.bin"];
    private static readonly string[] Tokenizers = ["tokenizer.json", "vocab.txt", "vocab.json"];

    private static readonly ConcurrentDictionary<string, string> Known = new();

    /// <summary>A model's name, the beginning of the SHA-256 of its weights and of its tokenizer, and the tolerance.</summary>
    /// <param name="model">A name of models.json, or a folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is neither such a model nor such a folder.</exception>
    public static string Of(string model) =>
        Known.GetOrAdd(
            model,
            _ =>
            {
                var folder = ModelManifest.Locate(model);
                string[] files = [.. First(folder, Weights), .. First(folder, Tokenizers)];
                var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(model));
                return FormattableString.Invariant(
                    $"{name} ({string.Join(", ", files)}), 32 bits, ± {Tolerance:0.000000}"
                );
            }
        );

    private static IEnumerable<string> First(string folder, string[] names) =>
        names
            .Where(name => File.Exists(Path.Combine(folder, name)))
            .Take(1)
            .Select(name =>
            {
                using var file = File.OpenRead(Path.Combine(folder, name));
                return $"{name} {Convert.ToHexStringLower(SHA256.HashData(file))[..ShownDigits]}";
            });
}
