namespace SentenceTransformers;

/// <summary>The special tokens of a folder without tokenizer.json, each with its id in the vocabulary.</summary>
internal sealed class SpecialTokens
{
    private readonly Dictionary<string, AddedToken> byRole;

    /// <param name="settings">What the folder says of them.</param>
    /// <param name="defaults">
    /// Each role, such as "cls_token", with the token that has it when the folder is silent, and whose flags hold when
    /// the folder only names one.
    /// </param>
    /// <param name="model">The vocabulary.</param>
    /// <param name="file">The vocabulary's file, for error messages.</param>
    /// <exception cref="ModelFormatException">A token is not in the vocabulary, or has another id there.</exception>
    public SpecialTokens(
        TokenizerSettings settings,
        IEnumerable<(string Role, AddedToken Otherwise)> defaults,
        ITokenModel model,
        string file
    )
    {
        AddedToken WithId(AddedToken token, string role) =>
            token with
            {
                Id =
                    model.IdOf(token.Content)
                    ?? throw new ModelFormatException(
                        file,
                        $"the {role.Replace('_', ' ')} \"{token.Content}\" is not among the vocabulary's {model.VocabularyCount:N0} tokens"
                    ),
            };
        byRole = defaults.ToDictionary(
            item => item.Role,
            item => WithId(settings.SpecialToken(item.Role, item.Otherwise), item.Role)
        );
        All =
        [
            .. settings
                .ListedTokens(model.IdOf)
                .Concat(byRole.Values)
                .Concat(
                    settings
                        .AdditionalSpecialTokens()
                        .Select(token => WithId(token, "additional_special_token"))
                )
                .DistinctBy(token => token.Id),
        ];
        settings.CheckAddedTokens(model.IdOf);
    }

    /// <summary>Every one of them once.</summary>
    public IReadOnlyList<AddedToken> All { get; }

    /// <summary>The token that has a role.</summary>
    public AddedToken this[string role] => byRole[role];
}
