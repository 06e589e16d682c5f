using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using SentenceTransformers;
using Tokenizer = SentenceTransformers.Tokenizer;

namespace Workbook.Packages;

public sealed partial class MicrosoftTokenizer
{
    private const string SentencePieceName = "sentencepiece.bpe.model";

    /// <summary>Reads the tokenizer of a model folder with Microsoft.ML.Tokenizers.</summary>
    /// <param name="folder">A Hugging Face or sentence-transformers folder with vocab.txt (BERT), vocab.json and merges.txt (RoBERTa, GPT-2, CLIP) or sentencepiece.bpe.model (XLM-R).</param>
    /// <exception cref="FileNotFoundException">The folder holds none of these files; tokenizer.json is nothing that the package reads.</exception>
    /// <exception cref="ModelFormatException">A file cannot be used.</exception>
    public static new MicrosoftTokenizer Load(string folder)
    {
        var ours = Tokenizer.Load(folder);
        var files = ModuleList.TransformerFolder(folder);
        string File(string name) => Path.Combine(files, name);
        bool Has(string name) => System.IO.File.Exists(File(name));
        try
        {
            Microsoft.ML.Tokenizers.Tokenizer inner =
                Has(SentencePieceName) ? SentencePiece(File(SentencePieceName))
                : Has("vocab.json") && Has("merges.txt")
                    ? BytePairs(File("vocab.json"), File("merges.txt"), ours)
                : Has("vocab.txt") ? Bert(File("vocab.txt"), ours)
                : throw new FileNotFoundException(
                    $"{files}: holds neither vocab.txt nor vocab.json with merges.txt nor {SentencePieceName}, which Microsoft.ML.Tokenizers reads"
                );
            return new(inner, ours);
        }
        // The package says what is wrong with a file by exceptions of many kinds.
        catch (Exception error)
            when (error is not (FileNotFoundException or UnauthorizedAccessException))
        {
            throw new ModelFormatException(
                files,
                $"Microsoft.ML.Tokenizers cannot read it: {error.Message}"
            );
        }
    }

    // What the folder's settings come to is seen on what they do to a letter.
    private static BertTokenizer Bert(string vocabulary, Tokenizer ours)
    {
        var around = ours.Encode("");
        var options = new BertOptions
        {
            LowerCaseBeforeTokenization = ours.Normalize("A") == "a",
            // Not the package's default: "café" would be unknown to a vocabulary without accents.
            RemoveNonSpacingMarks = ours.Normalize("é") != "é",
            IndividuallyTokenizeCjk = ours.Normalize("一").Length > 1,
        };
        if (around.Length > 0)
            (options.ClassificationToken, options.SeparatorToken) = (
                around.Tokens[0],
                around.Tokens[^1]
            );
        if (ours.UnknownTokenId is { } unknown)
            options.UnknownToken = ours.IdToToken(unknown)!;
        if (ours.PadTokenId is { } padding)
            options.PaddingToken = ours.IdToToken(padding)!;
        return BertTokenizer.Create(vocabulary, options);
    }

    private static BpeTokenizer BytePairs(string vocabulary, string merges, Tokenizer ours)
    {
        var isClip = ours.TokenToId("<|startoftext|>") is not null;
        var special = Enumerable
            .Range(0, ours.VocabularySize)
            .Where(ours.IsSpecial)
            .ToDictionary(id => ours.IdToToken(id)!);
        return BpeTokenizer.Create(
            new BpeOptions(vocabulary, merges)
            {
                ByteLevel = true, // EnglishRobertaTokenizer, which seems made for this, drops all above U+00FF
                SpecialTokens = special,
                PreTokenizer = new RegexPreTokenizer(isClip ? ClipWords() : Gpt2Words(), special),
                Normalizer = isClip ? LowerCaseNormalizer.Instance : null,
                EndOfWordSuffix = isClip ? "</w>" : null,
                UnknownToken = isClip ? "<|endoftext|>" : null,
            }
        );
    }

    private static SentencePieceTokenizer SentencePiece(string path)
    {
        using var stream = File.OpenRead(path);
        return SentencePieceTokenizer.Create(
            stream,
            addBeginningOfSentence: false,
            addEndOfSentence: false
        );
    }

    // fairseq put <s> <pad> </s> <unk> before the pieces, where SentencePiece has <unk> <s> </s>: pieces are one higher.
    private int FromPackage(int id) =>
        inner is not SentencePieceTokenizer pieces ? id
        : id == pieces.UnknownId ? ours.UnknownTokenId ?? id
        : id + 1;

    private int ToPackage(int id) =>
        inner is not SentencePieceTokenizer pieces ? id
        : id == ours.UnknownTokenId ? pieces.UnknownId
        : id - 1;

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Gpt2Words();

    [GeneratedRegex(
        @"'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ClipWords();
}
