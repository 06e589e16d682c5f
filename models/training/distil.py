"""Lets the cross-encoder grade pairs that nobody graded, for the bi-encoder to learn from (Augmented SBERT, Thakur et al. 2021).

    python3 distil.py --data ../../../shared/data --in ../../artifacts/training --cross cross.pt --bi bi.pt --out teacher.npz
    python3 train_bi.py ... --teacher teacher.npz --out bi-distilled.pt

Pairs of all degrees: half are a sentence and one of its nearest neighbours by the bi-encoder, where the two models disagree
most; the rest are a paraphrase, a contrast, or chance.
"""

import argparse
import random
from pathlib import Path

import numpy as np
import torch

from bert import load
from corpus import Data
from evaluate import BiEncoder, CrossEncoder
from train_bi import Sources
from train_cross import Head
from wordpiece import Tokenizer

NEIGHBOURS = 5


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--cross", default="cross.pt")
    parser.add_argument("--bi", default="bi.pt")
    parser.add_argument("--out", default="teacher.npz")
    parser.add_argument("--sentences", type=int, default=20_000)
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
        near = np.argsort(-(vectors[start : start + 500] @ vectors.T), axis=1, kind="stable")[:, 1 : NEIGHBOURS + 1]
        for i, others in enumerate(near):
            pairs.append((sentences[start + i], sentences[chooser.choice(others.tolist())]))
    for _ in range(len(sentences) // 2):
        anchor, same, other = sources.triple()
        pairs.append((anchor, same))
        pairs.append((anchor, other or chooser.choice(sentences)))
    chooser.shuffle(pairs)

    body, checkpoint = load(folder / arguments.cross)
    head = Head(body.config.hidden)
    head.load_state_dict(checkpoint["head"])
    scores = torch.sigmoid(torch.tensor(CrossEncoder(body, head, tokenizer).scores(pairs))).numpy()
    np.savez_compressed(folder / arguments.out, first=np.array([p[0] for p in pairs]), second=np.array([p[1] for p in pairs]), scores=scores.astype(np.float32))
    print(f"{len(pairs):,} pairs, mean score {scores.mean():.2f}, {100 * np.mean(scores > 0.5):.0f} % above one half")


if __name__ == "__main__":
    main()
