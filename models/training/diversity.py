"""How varied our own training sentences are.

    python3 diversity.py

Prints, for each file of data/training: sentences, words a sentence, the share of word bigrams that occur once, the share of
sentences that the ten most frequent templates make up (a template: the first and the last word, and how many stand between),
and the share of the ten most frequent last words. Fails where a sentence occurs twice or comes too close to the lecture's.
"""

import difflib
import sys
from collections import Counter

from corpus import ROOT, Data, clean, key

CLOSE = 0.85  # difflib's ratio of the letters: a particle or an ending apart


def sentences(path):
    head, *lines = open(path, encoding="utf-8").read().splitlines()
    skip = 1 if head.startswith(("id\t", "score\t")) else 0
    return [clean(field) for line in lines for field in line.split("\t")[skip:]]


def share_of_ten(items):
    counts = Counter(items)
    return 100 * sum(count for _, count in counts.most_common(10)) / sum(counts.values())


def main():
    lecture = [key(s) for s in Data.lecture(None)]
    failed = False
    print(f"{'file':22} {'sentences':>9} {'words':>6} {'bigrams once':>13} {'10 templates':>13} {'10 last words':>14}")
    for path in sorted((ROOT / "data" / "training").glob("*.tsv")):
        texts = sentences(path)
        words = [text.split() for text in texts]
        bigrams = Counter(pair for row in words for pair in zip(row, row[1:]))
        once = 100 * sum(1 for count in bigrams.values() if count == 1) / max(1, len(bigrams))
        templates = share_of_ten((row[0], row[-1], len(row)) for row in words)
        last = share_of_ten(row[-1] for row in words)
        print(f"{path.name:22} {len(texts):9,} {sum(map(len, words)) / len(words):6.1f} {once:12.1f}% {templates:12.1f}% {last:13.1f}%")
        for text in dict.fromkeys(texts):
            for sentence in lecture:
                if key(text) == sentence or difflib.SequenceMatcher(None, key(text), sentence).ratio() >= CLOSE:
                    print(f"{path.name}: too close to the lecture: {text}")
                    failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
