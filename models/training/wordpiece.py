"""A cased WordPiece vocabulary, trained and applied: the same ids as the library's tokenizer gives (see check_tokenizer in prepare.py)."""

import heapq
import unicodedata
from collections import Counter, defaultdict

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
LONGEST_WORD = 100


def is_punctuation(c):
    return "!" <= c <= "/" or ":" <= c <= "@" or "[" <= c <= "`" or "{" <= c <= "~" or unicodedata.category(c).startswith("P")


def is_chinese(c):
    code = ord(c)
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2A6DF or 0x2A700 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F
    )


def words(text):
    """BERT's words of a clean text: split at spaces, punctuation and ideographs alone."""
    word = ""
    for c in text:
        alone = is_punctuation(c) or is_chinese(c)
        if (c == " " or alone) and word:
            yield word
            word = ""
        if alone:
            yield c
        elif c != " ":
            word += c
    if word:
        yield word


def train(sentences, size, alphabet=3200, at_least=3):
    """Byte-pair merges over words, pieces inside a word marked by ##; ties go to the pair that sorts first."""
    counts = Counter(word for sentence in sentences for word in words(sentence))
    counts = {word: n for word, n in counts.items() if n >= at_least and len(word) <= 20}
    pieces = {word: [word[0]] + ["##" + c for c in word[1:]] for word in counts}

    letters = Counter()
    for word, n in counts.items():
        for piece in pieces[word]:
            letters[piece] += n
    kept = [piece for piece, _ in sorted(letters.items(), key=lambda item: (-item[1], item[0]))[:alphabet]]
    # A syllable that is known in one form is known in the other, or a typing error would make a whole word unknown.
    forms = dict.fromkeys(kept)
    forms.update(dict.fromkeys(p[2:] if p.startswith("##") else "##" + p for p in kept if not is_punctuation(p.lstrip("#") or "#")))
    vocabulary = SPECIAL + list(forms)
    known = set(vocabulary)
    pieces = {word: parts for word, parts in pieces.items() if all(p in known for p in parts)}

    pairs, places = Counter(), defaultdict(set)
    for word, parts in pieces.items():
        for pair in zip(parts, parts[1:]):
            pairs[pair] += counts[word]
            places[pair].add(word)
    queue = [(-n, pair) for pair, n in pairs.items()]
    heapq.heapify(queue)
    while len(vocabulary) < size and queue:
        count, best = heapq.heappop(queue)
        if -count != pairs[best]:
            continue  # counted again since; its new count is in the queue as well
        if -count < at_least:
            break
        merged = best[0] + best[1][2:]
        if merged not in known:
            known.add(merged)
            vocabulary.append(merged)
        changed = set()
        for word in places.pop(best):
            parts, n = pieces[word], counts[word]
            for pair in zip(parts, parts[1:]):
                pairs[pair] -= n
                places[pair].discard(word)
                changed.add(pair)
            i, joined = 0, []
            while i < len(parts):
                if i + 1 < len(parts) and (parts[i], parts[i + 1]) == best:
                    joined.append(merged)
                    i += 2
                else:
                    joined.append(parts[i])
                    i += 1
            pieces[word] = joined
            for pair in zip(joined, joined[1:]):
                pairs[pair] += n
                places[pair].add(word)
                changed.add(pair)
        pairs[best] = 0
        for pair in changed:
            if pairs[pair] > 0:
                heapq.heappush(queue, (-pairs[pair], pair))
    return vocabulary


class Tokenizer:
    """Longest match first, as BERT does it."""

    def __init__(self, vocabulary):
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.cache = {}

    @staticmethod
    def load(path):
        return Tokenizer([line.rstrip("\n") for line in open(path, encoding="utf-8")])

    def word_ids(self, word):
        found = self.cache.get(word)
        if found is None:
            found = self.cache[word] = self.match(word)
        return found

    def match(self, word):
        if len(word) > LONGEST_WORD:
            return [UNK]
        ids, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.ids:
                    ids.append(self.ids[piece])
                    start = end
                    break
            else:
                return [UNK]
        return ids

    def encode(self, text):
        """Ids without special tokens."""
        return [i for word in words(text) for i in self.word_ids(word)]
