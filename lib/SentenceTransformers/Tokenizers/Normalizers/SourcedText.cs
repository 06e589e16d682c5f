using System.Text;

namespace SentenceTransformers;

/// <summary>A stretch of text as the tokenizer has changed it so far, each UTF-16 unit knowing where it comes from.</summary>
/// <remarks>
/// After <c>NormalizedString</c> of Hugging Face tokenizers: which source an inserted or replaced character is given is
/// its rule, not a choice. Immutable; every change makes a new one.
/// </remarks>
internal sealed class SourcedText
{
    private readonly int[] starts;
    private readonly int[] ends;

    private SourcedText(string text, int[] starts, int[] ends) =>
        (Text, this.starts, this.ends) = (text, starts, ends);

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>How many UTF-16 units there are.</summary>
    public int Length => Text.Length;

    /// <summary>A text that is its own source. A lone surrogate becomes U+FFFD, as it does on its way to the reference.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Where it begins in its source.</param>
    public static SourcedText From(ReadOnlySpan<char> text, int origin)
    {
        var (starts, ends) = (new int[text.Length], new int[text.Length]);
        var units = text.ToArray();
        for (var i = 0; i < text.Length; )
        {
            if (
                Rune.DecodeFromUtf16(text[i..], out _, out var length)
                != System.Buffers.OperationStatus.Done
            )
                units[i] = '\uFFFD';
            for (var k = i; k < i + length; k++)
                (starts[k], ends[k]) = (origin + i, origin + i + length);
            i += length;
        }
        return new SourcedText(new string(units), starts, ends);
    }

    /// <summary>Where the source of the unit at an index begins.</summary>
    public int Start(int index) => starts[index];

    /// <summary>Where the source of the unit at an index ends, exclusive.</summary>
    public int End(int index) => ends[index];

    /// <summary>The part from one index to another, exclusive.</summary>
    public SourcedText Slice(int start, int end) =>
        start == 0 && end == Length
            ? this
            : new SourcedText(Text[start..end], starts[start..end], ends[start..end]);

    /// <summary>Replaces the whole text.</summary>
    /// <param name="changes">
    /// The new code points. With 0, one takes the place of one old code point; with -n it does so and n further old ones
    /// vanish; with 1 it is inserted, and has the source of what stands before.
    /// </param>
    /// <param name="removed">How many old code points vanish before the first.</param>
    public SourcedText Transform(IEnumerable<(int CodePoint, int Change)> changes, int removed = 0)
    {
        var text = new StringBuilder(Length);
        var (newStarts, newEnds) = (new List<int>(Length), new List<int>(Length));
        var next = 0; // the old unit to be replaced next
        Skip(removed);
        foreach (var (codePoint, change) in changes)
        {
            // An insertion before anything has no source; a change behind the end has that of the end.
            var (start, end) =
                change > 0
                    ? next == 0
                        ? (Length > 0 ? starts[0] : 0, Length > 0 ? starts[0] : 0)
                        : (starts[next - 1], ends[next - 1])
                    : next < Length
                        ? (starts[next], ends[next])
                        : (ends[^1], ends[^1]);
            if (change <= 0)
                Skip(1 - change);
            Append(codePoint, start, end);
        }
        return new SourcedText(text.ToString(), [.. newStarts], [.. newEnds]);

        void Skip(int count)
        {
            for (; count > 0 && next < Length; count--)
                next += char.IsHighSurrogate(Text[next]) ? 2 : 1;
        }

        void Append(int codePoint, int start, int end)
        {
            var units = text.Length;
            text.Append(new Rune(codePoint));
            for (; units < text.Length; units++)
            {
                newStarts.Add(start);
                newEnds.Add(end);
            }
        }
    }

    /// <summary>A text that was normalized from this one, with this one's sources.</summary>
    public SourcedText Rebuild(NormalizedText normalized)
    {
        var (newStarts, newEnds) = (
            new int[normalized.Characters.Length],
            new int[normalized.Characters.Length]
        );
        for (var i = 0; i < newStarts.Length; i++)
            (newStarts[i], newEnds[i]) = (
                starts[normalized.Starts[i]],
                ends[normalized.Ends[i] - 1]
            );
        return new SourcedText(normalized.Characters.ToString(), newStarts, newEnds);
    }

    /// <summary>Changes or (null) deletes each code point; what stays keeps its source.</summary>
    public SourcedText Map(Func<int, int?> change)
    {
        var changes = new List<(int CodePoint, int Change)>(Length);
        var removed = 0; // before the first
        foreach (var rune in Text.EnumerateRunes())
            if (change(rune.Value) is { } codePoint)
                changes.Add((codePoint, 0));
            else if (changes.Count == 0)
                removed++;
            else
                changes[^1] = changes[^1] with { Change = changes[^1].Change - 1 };
        return Transform(changes, removed);
    }

    /// <summary>Puts a text in front; it has the source of the first character.</summary>
    public SourcedText Prepend(string text)
    {
        if (Length == 0)
            return this;
        var first = char.IsHighSurrogate(Text[0]) ? 2 : 1;
        var (start, end) = (starts[0], ends[0]);
        return new SourcedText(
            text + Text,
            [.. Enumerable.Repeat(start, text.Length + first), .. starts[first..]],
            [.. Enumerable.Repeat(end, text.Length + first), .. ends[first..]]
        );
    }

    /// <summary>Puts another text in the place of each match; it has the source of the match's last character.</summary>
    public SourcedText Replace(IReadOnlyList<TextMatch> matches, string content)
    {
        var text = new StringBuilder(Length);
        var (newStarts, newEnds) = (new List<int>(Length), new List<int>(Length));
        foreach (var match in matches)
        {
            text.Append(match.IsMatch ? content : Text.AsSpan(match.Start, match.Length));
            for (var i = 0; i < (match.IsMatch ? content.Length : match.Length); i++)
            {
                var source = match.IsMatch ? match.End - 1 : match.Start + i;
                newStarts.Add(source < 0 ? starts[0] : starts[source]);
                newEnds.Add(source < 0 ? starts[0] : ends[source]);
            }
        }
        return new SourcedText(text.ToString(), [.. newStarts], [.. newEnds]);
    }
}
