using System.Text.RegularExpressions;

namespace Workbook.CommandLine;

/// <summary>WordPiece as a lesson would write it: split, look the longest piece up, cut it off, go on. For plain words without symbols.</summary>
internal sealed class NaiveWordPiece
{
    private readonly Dictionary<string, int> vocabulary;

    public NaiveWordPiece(string vocabularyFile) =>
        vocabulary = File.ReadLines(vocabularyFile)
            .Index()
            .ToDictionary(word => word.Item, word => word.Index);

    public int[] Encode(string text)
    {
        var ids = new List<int> { vocabulary["[CLS]"] };
        foreach (Match word in Regex.Matches(text.Normalize(), @"\w+|[^\w\s]"))
            ids.AddRange(Pieces(word.Value));
        ids.Add(vocabulary["[SEP]"]);
        return [.. ids];
    }

    private List<int> Pieces(string word)
    {
        var pieces = new List<int>();
        for (var start = 0; start < word.Length; )
        {
            var end = word.Length;
            while (end > start && !vocabulary.ContainsKey(Piece(word, start, end)))
                end--;
            if (end == start)
                return [vocabulary["[UNK]"]];
            pieces.Add(vocabulary[Piece(word, start, end)]);
            start = end;
        }
        return pieces;
    }

    private static string Piece(string word, int start, int end) =>
        start > 0 ? $"##{word[start..end]}" : word[start..end];
}
