"""Reads the open data, trains the vocabulary, and writes what pre-training reads: vocab.txt and corpus.npz.

    python3 prepare.py --data ../../../shared/data --out ../../artifacts/training
"""

import argparse
import random
from pathlib import Path

import numpy as np

from corpus import Data
from wordpiece import CLS, SEP, UNK, Tokenizer, train

SIZE = 10_000
MAX_TOKENS = 64


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)

    data = Data(arguments.data, reading=True)
    singles = list(dict.fromkeys(data.single_sentences()))
    pairs = list(dict.fromkeys(data.related_pairs()))
    print(f"{len(singles):,} sentences, {len(pairs):,} pairs")

    vocabulary = train([*singles, *(text for pair in pairs for text in pair)], SIZE)
    (out / "vocab.txt").write_text("".join(piece + "\n" for piece in vocabulary), encoding="utf-8")
    tokenizer = Tokenizer(vocabulary)

    rows, segments = [], []  # ids with [CLS] and [SEP]; where the second text begins
    for sentence in singles:
        ids = tokenizer.encode(sentence)[: MAX_TOKENS - 2]
        rows.append([CLS, *ids, SEP])
        segments.append(len(ids) + 2)
    for first, second in pairs:
        a, b = tokenizer.encode(first)[: MAX_TOKENS // 2 - 2], tokenizer.encode(second)[: MAX_TOKENS // 2 - 1]
        rows.append([CLS, *a, SEP, *b, SEP])
        segments.append(len(a) + 2)
    order = list(range(len(rows)))
    random.Random(1).shuffle(order)
    lengths = np.array([len(rows[i]) for i in order], np.uint8)
    ids = np.concatenate([np.array(rows[i], np.uint16) for i in order])
    np.savez(out / "corpus.npz", ids=ids, lengths=lengths, segments=np.array([segments[i] for i in order], np.uint8))
    print(f"{len(vocabulary):,} pieces, {len(ids):,} tokens, {100 * np.mean(ids == UNK):.3f} % unknown")


if __name__ == "__main__":
    main()
