namespace SentenceTransformers;

/// <summary>Sets numbers apart: each run of digits, or each digit.</summary>
internal sealed class DigitsPreTokenizer(bool individual) : IPreTokenizer
{
    private readonly SplitPreTokenizer digits = new(
        new CodePointPattern(RegexClasses.IsDigit),
        individual ? SplitBehavior.Isolated : SplitBehavior.Contiguous
    );

    public IEnumerable<SourcedText> Split(SourcedText text) => digits.Split(text);
}
