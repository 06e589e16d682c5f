using System.Globalization;

namespace SentenceTransformers;

/// <summary>Reads a tokenizer from a SentencePiece model and the settings beside it, for folders without tokenizer.json.</summary>
/// <remarks>
/// After <c>convert_slow_tokenizer.py</c> of transformers 4.26, which makes of such a folder the tokenizer that
/// sentence-transformers then uses. That is not SentencePiece to the letter: unknown neighbours are one token,
/// <c>remove_space</c> is not asked, and the special tokens keep the ids that fairseq gave them.
/// </remarks>
internal static class SentencePieceFolder
{
    private const string XlmRoberta = "XLMRobertaTokenizer";
    private const string Albert = "AlbertTokenizer";
    private const string Sign = "▁";

    // "1," and the like. ALBERT's own tokenizer cuts the comma off; a low score makes such a piece the last choice.
    private const double NumberWithCommaPenalty = 100;

    private static readonly (string Role, AddedToken Otherwise)[] XlmRobertaTokens =
    [
        ("bos_token", AddedToken.Named("<s>")),
        ("eos_token", AddedToken.Named("</s>")),
        ("unk_token", AddedToken.Named("<unk>")),
        ("sep_token", AddedToken.Named("</s>")),
        ("pad_token", AddedToken.Named("<pad>")),
        ("cls_token", AddedToken.Named("<s>")),
        ("mask_token", AddedToken.Named("<mask>") with { LeftStrip = true }),
    ];

    private static readonly (string Role, AddedToken Otherwise)[] AlbertTokens =
    [
        ("bos_token", AddedToken.Named("[CLS]")),
        ("eos_token", AddedToken.Named("[SEP]")),
        ("unk_token", AddedToken.Named("<unk>")),
        ("sep_token", AddedToken.Named("[SEP]")),
        ("pad_token", AddedToken.Named("<pad>")),
        ("cls_token", AddedToken.Named("[CLS]")),
        ("mask_token", AddedToken.Named("[MASK]") with { LeftStrip = true }),
    ];

    // What each tokenizer calls its file; KoBERT's has the beginning of a checksum in its name.
    private static readonly Dictionary<string, string> Files = new()
    {
        [XlmRoberta] = "sentencepiece.bpe.model",
        [Albert] = "spiece.model",
        ["KoBertTokenizer"] = "tokenizer_78b3253a26.model",
    };

    // Where no file names a class, transformers goes by the model.
    private static readonly Dictionary<string, string> ClassesByModel = new()
    {
        ["xlm-roberta"] = XlmRoberta,
        ["albert"] = Albert,
    };

    /// <summary>Whether a folder holds a SentencePiece model under one of the usual names.</summary>
    public static bool Holds(string folder) => FilesIn(folder).Any();

    /// <summary>Reads the folder's tokenizer.</summary>
    /// <exception cref="ModelFormatException">A file cannot be used, contradicts another, or asks for another tokenizer.</exception>
    public static PipelineTokenizer Read(string folder, TokenizerSettings settings)
    {
        var found = string.Join(" and ", FilesIn(folder));
        var (name, source) =
            TokenizerClass.Find(folder, settings.Configuration, ClassesByModel)
            ?? throw TokenizerClass.Unknown(folder, found, $"{XlmRoberta} or {Albert}");
        if (name is not (XlmRoberta or Albert))
            throw new ModelFormatException(
                source,
                $"{name} with {found} is not supported, expected {XlmRoberta} or {Albert}"
            );
        var path = Path.Combine(folder, Files[name]);
        if (!File.Exists(path))
            throw new ModelFormatException(
                source,
                $"{name} reads {Files[name]}, but the folder holds {found}"
            );
        var file = SentencePieceModelFile.Read(path);
        return name == Albert ? ReadAlbert(file, settings) : ReadXlmRoberta(file, settings);
    }

    // fairseq put four special tokens before the pieces, where SentencePiece has three: ids are one higher.
    private static PipelineTokenizer ReadXlmRoberta(
        SentencePieceModelFile file,
        TokenizerSettings settings
    )
    {
        string[] dropped = ["<unk>", "<s>", "</s>"];
        if (!file.Pieces.Take(3).Select(piece => piece.Text).SequenceEqual(dropped))
            throw file.Invalid(
                "pieces",
                $"{XlmRoberta} expects {string.Join(", ", dropped)} to be the first"
            );
        var model = Model(
            file,
            [
                ("<s>", 0),
                ("<pad>", 0),
                ("</s>", 0),
                ("<unk>", 0),
                .. file.Pieces.Skip(3).Select(piece => (piece.Text, (double)piece.Score)),
                ("<mask>", 0),
            ],
            unknownId: 3
        );
        var special = new SpecialTokens(settings, XlmRobertaTokens, model, file.Path);
        var (begin, end) = (("<s>", 0), ("</s>", 2));
        return Assemble(
            file,
            [],
            model,
            special,
            new PostProcessor(
                TokenTemplate.Roberta(begin, end, isPair: false),
                TokenTemplate.Roberta(begin, end, isPair: true),
                []
            ),
            settings
        );
    }

    private static PipelineTokenizer ReadAlbert(
        SentencePieceModelFile file,
        TokenizerSettings settings
    )
    {
        var model = Model(
            file,
            [.. file.Pieces.Select(piece => (piece.Text, AlbertScore(piece)))],
            file.UnknownId
        );
        var special = new SpecialTokens(settings, AlbertTokens, model, file.Path);
        var (cls, sep) = (special["cls_token"], special["sep_token"]);
        return Assemble(
            file,
            [.. AlbertNormalizers(settings.Configuration)],
            model,
            special,
            new PostProcessor(
                TokenTemplate.Bert((cls.Content, cls.Id), (sep.Content, sep.Id), isPair: false),
                TokenTemplate.Bert((cls.Content, cls.Id), (sep.Content, sep.Id), isPair: true),
                []
            ),
            settings
        );
    }

    private static ITokenModel Model(
        SentencePieceModelFile file,
        List<(string Piece, double Score)> vocabulary,
        int unknownId
    ) =>
        file.Algorithm switch
        {
            SentencePieceAlgorithm.Unigram => new UnigramModel(
                file.Path,
                vocabulary,
                unknownId,
                byteFallback: false
            ),
            SentencePieceAlgorithm.Bpe => BytePair(file, vocabulary),
            _ => throw file.Invalid(
                "trainer_spec.model_type",
                $"{file.Algorithm} is not supported, expected {SentencePieceAlgorithm.Unigram} or {SentencePieceAlgorithm.Bpe}"
            ),
        };

    private static BytePairModel BytePair(
        SentencePieceModelFile file,
        List<(string Piece, double Score)> vocabulary
    )
    {
        var ids = new Dictionary<string, int>();
        foreach (var (piece, _) in vocabulary)
            if (!ids.TryAdd(piece, ids.Count))
                throw file.Invalid("pieces", $"\"{piece}\" is listed twice");
        var tokens = new Vocabulary(file.Path, ids);
        var merges = new MergeList(file.Path, "merge", tokens, null);
        foreach (var (left, right) in SentencePieceMerges.Find(file))
            merges.Add(left, right);
        return new BytePairModel(
            tokens,
            merges.Merges,
            new BytePairOptions(UnknownToken: file.UnknownPiece, FuseUnknown: true)
        );
    }

    private static PipelineTokenizer Assemble(
        SentencePieceModelFile file,
        IReadOnlyList<INormalizer> first,
        ITokenModel model,
        SpecialTokens special,
        PostProcessor postProcessor,
        TokenizerSettings settings
    )
    {
        List<INormalizer> normalizers = [.. first];
        if (settings.Lowercase)
            normalizers.Insert(0, new LowercaseNormalizer());
        if (!file.Charsmap.IsEmpty)
            normalizers.Add(
                new PrecompiledNormalizer(
                    PrecompiledCharsmap.Read(
                        file.Charsmap.Span,
                        problem => file.Invalid("normalizer_spec.precompiled_charsmap", problem)
                    )
                )
            );
        normalizers.Add(new ReplaceNormalizer(RegexPattern.Spaces, " "));
        return new PipelineTokenizer(
            new SequenceNormalizer(normalizers),
            new MetaspacePreTokenizer(Sign, MetaspacePrefix.Always, split: true),
            model,
            special.All,
            postProcessor,
            new MetaspaceDecoder(Sign, prefixed: true),
            special["pad_token"].Content,
            settings.ModelMaxLength
        );
    }

    private static IEnumerable<INormalizer> AlbertNormalizers(JsonFile? configuration)
    {
        yield return new ReplaceNormalizer(new LiteralPattern("``"), "\"");
        yield return new ReplaceNormalizer(new LiteralPattern("''"), "\"");
        if (!(configuration?.Flag("keep_accents", false) ?? false))
        {
            yield return new UnicodeNormalizer(compatible: true, compose: false);
            yield return new StripAccentsNormalizer();
        }
        if (configuration?.Flag("do_lower_case", true) ?? true)
            yield return new LowercaseNormalizer();
    }

    private static double AlbertScore(SentencePiece piece) =>
        piece.Text.Length > 1
        && piece.Text[^1] == ','
        && CharUnicodeInfo.GetDigitValue(
            piece.Text,
            piece.Text.Length - (char.IsLowSurrogate(piece.Text[^2]) ? 3 : 2)
        ) >= 0
            ? piece.Score - NumberWithCommaPenalty
            : piece.Score;

    private static IEnumerable<string> FilesIn(string folder) =>
        Files.Values.Where(name => File.Exists(Path.Combine(folder, name)));
}
