namespace SentenceTransformers;

/// <summary>A token that is found in the text as it stands, before words are made; special tokens are such.</summary>
/// <param name="Content">What is looked for.</param>
/// <param name="Id">Its id.</param>
/// <param name="SingleWord">Found only where no word character touches it.</param>
/// <param name="LeftStrip">Takes the white space before it along.</param>
/// <param name="RightStrip">Takes the white space after it along.</param>
/// <param name="Normalized">Looked for, normalized, in the normalized text rather than in the raw one.</param>
/// <param name="Special">Left out of decoded text.</param>
internal sealed record AddedToken(
    string Content,
    int Id,
    bool SingleWord,
    bool LeftStrip,
    bool RightStrip,
    bool Normalized,
    bool Special
)
{
    /// <summary>The longest content that is read; it bounds what one position of a text can cost.</summary>
    public const int MaximumLength = 1024;

    /// <summary>A special token as a file that only names it has it: without other flags, its id still to be found.</summary>
    public static AddedToken Named(string content) =>
        new(content, 0, false, false, false, false, Special: true);

    /// <summary>Reads the flags as tokenizer.json and tokenizer_config.json spell them.</summary>
    public static AddedToken Read(JsonFile entry, int id)
    {
        var content = CheckContent(entry, "content", entry.RequiredText("content"));
        var special = entry.Flag("special", false);
        return new AddedToken(
            content,
            id,
            entry.Flag("single_word", false),
            entry.Flag("lstrip", false),
            entry.Flag("rstrip", false),
            entry.Flag("normalized", !special),
            special
        );
    }

    /// <summary>Refuses a content that cannot be looked for, or only at a cost without bounds.</summary>
    public static string CheckContent(JsonFile file, string key, string content) =>
        content.Length > MaximumLength
            ? throw file.Invalid(
                key,
                $"{content.Length:N0} characters, expected at most {MaximumLength:N0}"
            )
        : content.Contains('\uFFFD')
            ? throw file.Invalid(
                key,
                "U+FFFD, which stands for what is no text, is not supported in an added token"
            )
        : content;
}
