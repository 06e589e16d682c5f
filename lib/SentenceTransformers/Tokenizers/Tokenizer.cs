namespace SentenceTransformers;

/// <summary>Turns text into token ids, exactly as the model's own Hugging Face tokenizer does.</summary>
public abstract partial class Tokenizer
{
    /// <summary>The id that fills a batch's shorter rows; null where the tokenizer has none.</summary>
    public abstract int? PadTokenId { get; }

    /// <summary>The id of what the vocabulary has no token for; null where everything has one, as with bytes.</summary>
    public abstract int? UnknownTokenId { get; }

    /// <summary>How many ids there are: one more than the largest.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>The most tokens the model was made for (tokenizer_config.json's <c>model_max_length</c>), or null when the folder does not say.</summary>
    public abstract int? ModelMaxLength { get; }

    /// <summary>Where a text that is too long gives way (tokenizer_config.json's <c>truncation_side</c>).</summary>
    internal TruncationSide TruncationSide { get; set; }

    /// <summary>Reads the tokenizer of a model folder: tokenizer.json, or else a SentencePiece model or vocab.txt with what belongs to it.</summary>
    /// <param name="folder">A Hugging Face folder with the files, or a sentence-transformers folder whose first module has them.</param>
    /// <exception cref="FileNotFoundException">The folder holds no tokenizer.</exception>
    /// <exception cref="ModelFormatException">A file cannot be used, or asks for what is not supported yet; nothing is approximated.</exception>
    public static Tokenizer Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var transformer = ModuleList.TransformerFolder(folder);
        return Load(transformer, TransformerSettings.Read(transformer).LowerCase);
    }

    /// <summary>Reads the tokenizer of a Hugging Face folder.</summary>
    /// <param name="folder">The folder that holds the files.</param>
    /// <param name="lowercase">Whether sentence-transformers asks for lower case, whatever these files say.</param>
    internal static Tokenizer Load(string folder, bool lowercase)
    {
        var settings = new TokenizerSettings(folder, lowercase);
        var tokenizer = Read(folder, settings);
        tokenizer.TruncationSide = settings.TruncationSide ?? tokenizer.TruncationSide;
        return tokenizer;
    }

    /// <summary>Encodes a text, or a pair of texts, with special tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The second text, as a cross-encoder takes it.</param>
    /// <param name="maxLength">The most tokens, special tokens included; null for no limit.</param>
    /// <param name="truncation">Which text gives way.</param>
    /// <exception cref="ArgumentException">The limit cannot be met, as with the reference.</exception>
    public abstract TokenEncoding Encode(
        string text,
        string? pair = null,
        int? maxLength = null,
        TruncationStrategy truncation = TruncationStrategy.LongestFirst
    );

    /// <summary>The text as the tokens are cut from it: lower-cased, cleaned or composed as the model's normalizer does, added tokens aside.</summary>
    public abstract string Normalize(string text);

    /// <summary>Turns ids back into text; ids that are no token's are left out, as with the reference.</summary>
    public abstract string Decode(IEnumerable<int> ids, bool skipSpecialTokens = true);

    /// <summary>The id of a token as the vocabulary spells it, such as "##요", or null.</summary>
    public abstract int? TokenToId(string token);

    /// <summary>Whether an id is a special token's, such as [SEP].</summary>
    public abstract bool IsSpecial(int id);

    /// <summary>The token with this id, or null.</summary>
    public abstract string? IdToToken(int id);

    private static Tokenizer Read(string folder, TokenizerSettings settings)
    {
        var json = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(json))
            return TokenizerJson.Read(json, settings);
        // KoBERT has a vocab.txt besides, whose tokens are no WordPieces.
        if (SentencePieceFolder.Holds(folder))
            return SentencePieceFolder.Read(folder, settings);
        if (BytePairFolder.Holds(folder))
            return BytePairFolder.Read(folder, settings);
        var vocabulary = Path.Combine(folder, "vocab.txt");
        return File.Exists(vocabulary)
            ? BertVocabularyFolder.Read(vocabulary, settings)
            : throw new FileNotFoundException(
                $"{folder}: holds neither tokenizer.json nor vocab.txt nor vocab.json with merges.txt nor a SentencePiece model",
                json
            );
    }
}
