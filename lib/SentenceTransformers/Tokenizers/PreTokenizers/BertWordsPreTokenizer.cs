namespace SentenceTransformers;

/// <summary>BERT's words, for a tokenizer that combines them with what BERT does not.</summary>
internal sealed class BertWordsPreTokenizer : IPreTokenizer
{
    public IEnumerable<SourcedText> Split(SourcedText text)
    {
        for (var end = 0; BertPreTokenizer.NextWord(text.Text, out var start, ref end); )
            yield return text.Slice(start, end);
    }
}
