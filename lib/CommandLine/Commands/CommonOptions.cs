using System.CommandLine;
using System.Globalization;

namespace Workbook.CommandLine;

/// <summary>Options that several commands share, each made anew because a command owns its options.</summary>
internal static class CommonOptions
{
    public static Option<string> Model()
    {
        var model = new Option<string>("--model", "-m")
        {
            Description =
                "A name from `models list`, a folder in the Hugging Face or sentence-transformers layout, or the id of a model of the hub that `models pull` has fetched.",
            Required = true,
            HelpName = "NAME, FOLDER or ID",
        };
        model.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.Tokens.SingleOrDefault()?.Value))
                result.AddError("--model: expected a name, a folder or an id");
        });
        return model;
    }

    public static Option<bool> Normalize() =>
        new("--normalize") { Description = "Scale each vector to length 1." };

    public static Option<bool> JsonLines() =>
        new("--json-lines")
        {
            Description =
                "Each input line is a JSON object {\"text\": \"...\"}, so that a text may hold tabs and newlines.",
        };

    public static Option<int?> MaxLength() =>
        Positive("--max-length", "The most tokens of a text, special tokens included.");

    public static Option<int?> BatchSize(string what) =>
        Positive(
            "--batch-size",
            $"The most {what.ToLowerInvariant()} of a batch; without, as many as 512 tokens hold."
        );

    /// <summary>A whole number of at least 1.</summary>
    public static Option<int?> Positive(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (
                    int.TryParse(
                        text,
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var value
                    )
                    && value >= 1
                )
                    return value;
                result.AddError($"{name}: '{text}' is not a whole number from 1 to {int.MaxValue}");
                return null;
            },
        };
}
