"""Lets one encoder grade pairs that nobody graded, for the other to learn from.

    python3 distil.py --data ../../../shared/data --in ../../artifacts/training --bi bi.pt --out of-bi.npz
    python3 train_cross.py ... --teacher of-bi.npz --out cross.pt
    python3 distil.py --data ../../../shared/data --in ../../artifacts/training --bi bi.pt --cross cross.pt --out of-cross.npz
    python3 train_bi.py ... --teacher of-cross.npz --out bi-distilled.pt

A bi-encoder needs less data, so it teaches first (Trans-Encoder, Liu et al. 2022); then the cross-encoder teaches it (Augmented
SBERT, Thakur et al. 2021).

Pairs of all degrees: half are a sentence and one of its neighbours by the bi-encoder, near or far; of the rest, half are a
paraphrase or an answer, half a contrast or chance.
"""

import argparse
import math
import random
from pathlib import Path

import numpy as np
import torch

from bert import load, load_cross
from corpus import Data
from evaluate import BiEncoder, CrossEncoder
from train_bi import Sources
from wordpiece import Tokenizer

FARTHEST = 1000  # a neighbour of any rank up to this; of the first ten as many as of the next ninety


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--bi", default="bi.pt", help="finds the neighbours, and grades where there is no --cross")
    parser.add_argument("--cross", help="grades")
    parser.add_argument("--out", required=True)
    parser.add_argument("--sentences", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    folder, data, chooser = Path(arguments.folder), Data(arguments.data), random.Random(arguments.seed)
    tokenizer = Tokenizer.load(folder / "vocab.txt")
    sources = Sources(data, arguments.seed)

    everyday = [sentence for group in sources.everyday for sentence in group]
    graded = [sentence for first, second, _ in sources.sts for sentence in (first, second)]
    known = list(dict.fromkeys(everyday + graded))
    reviews = chooser.sample(sources.reviews, max(0, arguments.sentences - len(known)))
    sentences = known[: arguments.sentences] + reviews

    body, _ = load(folder / arguments.bi)
    vectors = BiEncoder(body, tokenizer).encode(sentences)
    pairs = []
    for start in range(0, len(sentences), 500):
        similarity = vectors[start : start + 500] @ vectors.T
        near = np.argpartition(-similarity, FARTHEST, axis=1)[:, : FARTHEST + 1]
        for i, others in enumerate(near):
            others = sorted((k for k in others.tolist() if k != start + i), key=lambda k: -similarity[i, k])
            rank = int(math.exp(chooser.uniform(0, math.log(FARTHEST)))) - 1
            pairs.append((sentences[start + i], sentences[others[rank]]))
    for _ in range(len(sentences) // 2):
        anchor, same, _, other, _ = sources.triple(whole=True)
        pairs.append((anchor, same))
        pairs.append((anchor, other or chooser.choice(sentences)))
    chooser.shuffle(pairs)

    if arguments.cross:
        body, head = load_cross(folder / arguments.cross)
        scores = torch.sigmoid(torch.tensor(CrossEncoder(body, head, tokenizer).scores(pairs))).numpy()
    else:
        scores = np.clip(BiEncoder(body, tokenizer).scores(pairs), 0, 1)
    np.savez_compressed(folder / arguments.out, first=np.array([p[0] for p in pairs]), second=np.array([p[1] for p in pairs]), scores=scores.astype(np.float32))
    print(f"{len(pairs):,} pairs, mean score {scores.mean():.2f}, {100 * np.mean(scores > 0.5):.0f} % above one half")


if __name__ == "__main__":
    main()
