namespace SentenceTransformers;

/// <summary>Reads the post_processor section of tokenizer.json.</summary>
internal static class TokenTemplateReader
{
    private const int MaximumPieces = 64;

    /// <param name="section">TemplateProcessing, BertProcessing or RobertaProcessing.</param>
    /// <param name="idOf">A token's id, or null.</param>
    /// <returns>The templates for one text and for a pair.</returns>
    public static (TokenTemplate Single, TokenTemplate Pair) Read(
        JsonFile section,
        Func<string, int?> idOf
    )
    {
        TokenizerJson.Expect(
            section,
            "type",
            "TemplateProcessing",
            "BertProcessing",
            "RobertaProcessing"
        );
        var type = section.RequiredText("type");
        if (type == "TemplateProcessing")
            return (
                ReadTemplate(section, "single", ["A"], idOf),
                ReadTemplate(section, "pair", ["A", "B"], idOf)
            );
        var cls = ReadToken(section, "cls", idOf);
        var sep = ReadToken(section, "sep", idOf);
        return type == "BertProcessing"
            ? (
                TokenTemplate.Bert(cls, sep, isPair: false),
                TokenTemplate.Bert(cls, sep, isPair: true)
            )
            : (
                TokenTemplate.Roberta(cls, sep, isPair: false),
                TokenTemplate.Roberta(cls, sep, isPair: true)
            );
    }

    private static TokenTemplate ReadTemplate(
        JsonFile section,
        string key,
        string[] texts,
        Func<string, int?> idOf
    )
    {
        var entries = section.Objects(key);
        if (entries.Count > MaximumPieces)
            throw section.Invalid(
                key,
                $"{entries.Count:N0} pieces, expected at most {MaximumPieces}"
            );
        var pieces = entries
            .SelectMany(piece =>
                piece.Object("Sequence") is { } sequence
                    ? [ReadText(sequence, texts)]
                    : ReadSpecial(section, piece.RequiredObject("SpecialToken"), idOf)
            )
            .ToArray();
        for (var text = 0; text < texts.Length; text++)
            if (pieces.Count(piece => piece.Text == text) != 1)
                throw section.Invalid(key, $"expected the sequence {texts[text]} once");
        return new TokenTemplate(pieces);
    }

    private static TokenTemplate.Piece ReadText(JsonFile sequence, string[] texts)
    {
        TokenizerJson.Expect(sequence, "id", texts);
        var text = Array.IndexOf(texts, sequence.RequiredText("id"));
        return new(text, 0, "", sequence.RequiredInteger("type_id", 0, int.MaxValue));
    }

    // One entry of special_tokens may stand for several tokens.
    private static TokenTemplate.Piece[] ReadSpecial(
        JsonFile section,
        JsonFile special,
        Func<string, int?> idOf
    )
    {
        var typeId = special.RequiredInteger("type_id", 0, int.MaxValue);
        var entry = section
            .RequiredObject("special_tokens")
            .RequiredObject(special.RequiredText("id"));
        var tokens = entry.Texts("tokens");
        var ids = entry.RequiredIntegers("ids");
        if (ids.Length != tokens.Length)
            throw entry.Invalid("ids", $"{ids.Length} ids for {tokens.Length} tokens");
        for (var i = 0; i < ids.Length; i++)
            Check(entry, "ids", tokens[i], ids[i], idOf);
        return
        [
            .. tokens.Zip(
                ids,
                (token, id) => new TokenTemplate.Piece(null, (int)id, token, typeId)
            ),
        ];
    }

    private static (string Token, int Id) ReadToken(
        JsonFile section,
        string key,
        Func<string, int?> idOf
    )
    {
        var (token, id) = section.RequiredTextAndInteger(key);
        Check(section, key, token, id, idOf);
        return (token, (int)id);
    }

    private static void Check(
        JsonFile where,
        string key,
        string token,
        long id,
        Func<string, int?> idOf
    )
    {
        if (idOf(token) is not { } known)
            throw where.Invalid(key, $"the special token \"{token}\" is not in the vocabulary");
        if (known != id)
            throw where.Invalid(key, $"{id} for \"{token}\", which the vocabulary gives {known}");
    }
}
