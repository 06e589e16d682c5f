using System.Numerics;

namespace SentenceTransformers;

/// <summary>A set of strings, each with a value, that finds the longest one a text starts with in one walk.</summary>
/// <remarks>
/// The first code unit is looked up directly; every further edge lies in one open-addressing table keyed by
/// (node, code unit). No string is hashed or copied during a walk.
/// </remarks>
internal sealed class CharacterTrie
{
    private const int None = -1;

    // Of each trie's own, so that nobody can write a vocabulary whose edges all fall into one slot. Odd, as a
    // multiplicative hash needs it; which slot an edge takes is seen nowhere.
    private readonly ulong multiplier = (ulong)Random.Shared.NextInt64() | 1;
    private readonly int[] roots = new int[char.MaxValue + 1]; // node after the first code unit, 0 for none
    private int[] values = [None]; // node 0 is no node
    private int nodes = 1;
    private ulong[] keys = new ulong[16];
    private int[] targets = new int[16];
    private int edges;

    /// <summary>Adds a string; an empty one is never found.</summary>
    public void Add(ReadOnlySpan<char> text, int value)
    {
        if (text.IsEmpty)
            return;
        ref var root = ref roots[text[0]];
        if (root == 0)
            root = NewNode();
        var node = root;
        foreach (var unit in text[1..])
            node = Step(node, unit) is var next and not 0 ? next : AddEdge(node, unit);
        values[node] = value;
    }

    /// <summary>The length of the longest string that <paramref name="text"/> starts with, 0 for none.</summary>
    public int LongestMatch(ReadOnlySpan<char> text, out int value)
    {
        value = None;
        var longest = 0;
        if (text.IsEmpty)
            return longest;
        var node = roots[text[0]];
        for (var length = 1; node != 0; length++)
        {
            if (values[node] is var found and not None)
                (value, longest) = (found, length);
            if (length == text.Length)
                break;
            node = Step(node, text[length]);
        }
        return longest;
    }

    /// <summary>Every string that <paramref name="text"/> starts with, from the shortest to the longest.</summary>
    public Prefixes PrefixesOf(ReadOnlySpan<char> text) => new(this, text);

    private int Step(int node, char unit)
    {
        var key = Key(node, unit);
        var table = keys;
        for (var slot = Slot(key, table.Length); ; slot = (slot + 1) & (table.Length - 1))
        {
            if (table[slot] == key)
                return targets[slot];
            if (table[slot] == 0)
                return 0;
        }
    }

    private int AddEdge(int node, char unit)
    {
        if (2 * ++edges > keys.Length)
            Grow();
        var target = NewNode();
        Insert(Key(node, unit), target);
        return target;
    }

    private void Grow()
    {
        var (oldKeys, oldTargets) = (keys, targets);
        keys = new ulong[2 * oldKeys.Length];
        targets = new int[2 * oldKeys.Length];
        for (var i = 0; i < oldKeys.Length; i++)
            if (oldKeys[i] != 0)
                Insert(oldKeys[i], oldTargets[i]);
    }

    private void Insert(ulong key, int target)
    {
        var slot = Slot(key, keys.Length);
        while (keys[slot] != 0)
            slot = (slot + 1) & (keys.Length - 1);
        (keys[slot], targets[slot]) = (key, target);
    }

    private int NewNode()
    {
        if (nodes == values.Length)
            Array.Resize(ref values, 2 * nodes);
        values[nodes] = None;
        return nodes++;
    }

    private static ulong Key(int node, char unit) => ((ulong)node << 16) | unit;

    // Multiplicative hashing: the high bits of the product; length is a power of two.
    private int Slot(ulong key, int length) =>
        (int)((key * multiplier) >> (64 - BitOperations.Log2((uint)length)));

    /// <summary>Walks along a text and stops at each string that ends there; to be used with foreach.</summary>
    internal ref struct Prefixes(CharacterTrie trie, ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> text = text;
        private int node;
        private int length;

        /// <summary>The length of a string that the text starts with, and its value.</summary>
        public readonly (int Length, int Value) Current => (length, trie.values[node]);

        public readonly Prefixes GetEnumerator() => this;

        public bool MoveNext()
        {
            while (length < text.Length)
            {
                var unit = text[length];
                node = length++ == 0 ? trie.roots[unit] : trie.Step(node, unit);
                if (node == 0)
                    break;
                if (trie.values[node] != None)
                    return true;
            }
            length = text.Length;
            return false;
        }
    }
}
