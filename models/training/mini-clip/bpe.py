"""A small byte-level BPE of CLIP's kind, learned from captions: the words in lower case, "</w>" after the last byte."""

import collections
import json
import random
import re
import unicodedata

START, END = "<|startoftext|>", "<|endoftext|>"
# CLIP's own pattern, for tokenizer.json; Python's re knows no \p{L}, so what runs here says the same in other words.
PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
WORD = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|(?:[^\s\w]|_)+")


def byte_alphabet():
    """GPT-2's letters for the 256 bytes: printable Latin-1 is itself, the rest follows from 256 on."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(256 + len(letters) - len(printable))
    return letters


LETTERS = byte_alphabet()


def words(text):
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def letters(word):
    symbols = [LETTERS[byte] for byte in word.encode()]
    return (*symbols[:-1], symbols[-1] + "</w>")


def learn(texts, count):
    """The merges, most frequent pair first; ties go to the pair that sorts first."""
    frequency = collections.Counter(word for text in texts for word in words(text))
    split = {word: letters(word) for word in frequency}
    merges = []
    while len(merges) < count:
        pairs = collections.Counter()
        for word, symbols in split.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += frequency[word]
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        split = {word: join(symbols, best) for word, symbols in split.items()}
    return merges


def join(symbols, pair, drop=None):
    """Joins the pair wherever it stands, but for the places that chance leaves out."""
    joined, index = [], 0
    while index < len(symbols):
        if symbols[index : index + 2] == pair and not (drop and drop()):
            joined.append(symbols[index] + symbols[index + 1])
            index += 2
        else:
            joined.append(symbols[index])
            index += 1
    return tuple(joined)


class Tokenizer:
    def __init__(self, merges):
        self.merges = merges
        # As in CLIP's vocabulary: the bytes, the bytes that end a word, the merges, the two special tokens.
        base = [LETTERS[byte] for byte in sorted(LETTERS, key=lambda byte: LETTERS[byte])]
        tokens = [*base, *(token + "</w>" for token in base), *(a + b for a, b in merges), START, END]
        self.ids = {}
        for token in tokens:
            self.ids.setdefault(token, len(self.ids))
        self.start, self.end = self.ids[START], self.ids[END]
        self.known, self.varied = {}, {}

    def encode(self, text, length, dropout=None):
        """Ids with both special tokens, at most `length` of them; with dropout some merges are left out by chance."""
        ids = [id for word in words(text) for id in self.word_ids(word, dropout)]
        return [self.start, *ids[: length - 2], self.end]

    def word_ids(self, word, dropout):
        if dropout:
            if word not in self.varied:
                self.varied[word] = [self.split(word, lambda: random.random() < dropout) for _ in range(16)]
            return random.choice(self.varied[word])
        if word not in self.known:
            self.known[word] = self.split(word, None)
        return self.known[word]

    def split(self, word, drop):
        symbols = letters(word)
        for pair in self.merges:
            symbols = join(symbols, pair, drop)
        return [self.ids[symbol] for symbol in symbols]

    def save(self, folder, max_length):
        special = lambda token, normalized: {
            "id": self.ids[token], "content": token, "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": normalized, "special": True,
        }
        write(folder / "tokenizer.json", {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [special(START, True), special(END, False)],
            "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "NFC"},
                {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "},
                {"type": "Lowercase"},
            ]},
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Removed", "invert": True},
                {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
            ]},
            "post_processor": {
                "type": "RobertaProcessing", "sep": [END, self.end], "cls": [START, self.start],
                "trim_offsets": False, "add_prefix_space": False,
            },
            "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
            "model": {
                "type": "BPE", "dropout": None, "unk_token": END, "continuing_subword_prefix": "",
                "end_of_word_suffix": "</w>", "fuse_unk": False, "byte_fallback": False,
                "vocab": self.ids, "merges": [" ".join(pair) for pair in self.merges],
            },
        })
        names = {"unk_token": END, "bos_token": START, "eos_token": END, "pad_token": END}
        write(folder / "special_tokens_map.json", names)
        write(folder / "tokenizer_config.json", {
            **names, "model_max_length": max_length, "do_lower_case": True, "add_prefix_space": False,
            "errors": "replace", "tokenizer_class": "CLIPTokenizer",
        })


def load(path):
    merges = json.loads(path.read_text())["model"]["merges"]
    return Tokenizer([tuple(merge.split(" ")) for merge in merges])


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
