using System.Globalization;

namespace SentenceTransformers;

/// <summary>Zeroes a share of the numbers at random in training, and does nothing when a model encodes.</summary>
/// <remarks>Follows <c>Dropout</c> of sentence-transformers (https://jmlr.org/papers/v15/srivastava14a.html).</remarks>
/// <param name="rate">The share, from 0 to 1; printed, and otherwise without effect here.</param>
public sealed class Dropout(double rate = 0.2) : IModule
{
    /// <summary>The share of the numbers that training zeroes.</summary>
    public double Rate { get; } =
        rate is >= 0 and <= 1
            ? rate
            : throw new ArgumentOutOfRangeException(nameof(rate), rate, "expected 0 to 1");

    /// <summary>Reads config.json of a dropout folder.</summary>
    /// <exception cref="FileNotFoundException">There is no config.json.</exception>
    /// <exception cref="ModelFormatException">The share is not between 0 and 1.</exception>
    public static Dropout Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        const string key = "dropout";
        var config = JsonFile.ReadObject(Path.Combine(folder, "config.json"));
        var rate = config.Number(key) ?? 0.2;
        return rate is >= 0 and <= 1
            ? new Dropout(rate)
            : throw config.Invalid(key, $"{rate} is not between 0 and 1");
    }

    /// <summary>Leaves the sentence embeddings as they are.</summary>
    /// <exception cref="InvalidOperationException">There are no sentence embeddings.</exception>
    public void Forward(Features features)
    {
        ArgumentNullException.ThrowIfNull(features);
        features.RequireSentenceEmbeddings(nameof(Dropout));
    }

    /// <summary>The module as sentence-transformers 2 prints it.</summary>
    public override string ToString() => ToString(PrintStyle.Classic);

    /// <inheritdoc/>
    public string ToString(PrintStyle style)
    {
        var number = Rate.ToString(CultureInfo.InvariantCulture);
        return style == PrintStyle.Classic
            ? $"Dropout(\n  (dropout_layer): Dropout(p={number}, inplace=False)\n)"
            : $"Dropout({{'dropout': {number}}})";
    }
}
