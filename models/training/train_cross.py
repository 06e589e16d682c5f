"""Fine-tunes the body as a cross-encoder: both sentences in one text, one logit from [CLS].

    python3 train_cross.py --data ../../../shared/data --in ../../artifacts/training --minutes 25 --out cross.pt

The logit's sigmoid is the similarity, 0 to 1: binary cross-entropy against graded scores, and against what paraphrases,
inference and contrasts are worth.

To compare two sentences it must first look from one to the other, which a few thousand graded pairs do not teach. So it begins
with a layer that aligns them (alignment.py), and with mixtures of two sentences, of which there is no end, and what the word table
alone (train_words.py) says of them.
"""

import argparse
import random
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from alignment import align
from bert import DEVICE, Head, half_precision, load, save
from corpus import Data
from evaluate import CrossEncoder, Dev, logits, pair_row
from train_bi import UNRELATED, Sources, read_taught
from train_words import Words
from wordpiece import Tokenizer

BATCH = 48
MIXED = 0.6, 0.2  # of the first batch and of the last
GRADED, TAUGHT = 0.35, 0.45  # of the others; the rest are triples
PEAK = 3e-4


class Mixtures:
    """A sentence, and some of its words with some of another's: pairs of every degree of likeness, graded by their words."""

    def __init__(self, sources, words):
        self.random, self.words = sources.random, words
        self.sentences = [s for s in sources.reviews if len(s) < 50] + [s for group in sources.groups + sources.everyday for s in group]

    def draw(self, count):
        pairs = [self.pair() for _ in range(count)]
        return [(first, second, max(0.0, score)) for (first, second), score in zip(pairs, self.words.scores(pairs))]

    def pair(self):
        first, other = self.random.choice(self.sentences), self.random.choice(self.sentences)
        kept = self.random.random()
        mixed = [word for word in first.split() if self.random.random() < kept] + [word for word in other.split() if self.random.random() > kept]
        if self.random.random() < 0.5:
            self.random.shuffle(mixed)
        return first, " ".join(mixed) or other


def examples(sources, count, taught):
    """count (first, second, score); a triple gives two, side by side."""
    rows = []
    while len(rows) < count:
        kind = sources.random.random()
        if kind < GRADED + TAUGHT:
            rows.append(sources.graded() if kind < GRADED else sources.random.choice(taught))
            continue
        anchor, same, score, other, its = sources.triple(whole=True)
        rows.append((anchor, same, score))
        rows.append((anchor, other, its) if other else (anchor, sources.random.choice(sources.reviews), UNRELATED))
    return [swapped(row, sources.random) for row in rows[:count]]


def swapped(row, chooser):
    """Half of the pairs the other way round: similarity has no direction."""
    return (row[1], row[0], row[2]) if chooser.random() < 0.5 else row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--start", default="bi.pt", help="a body that knows what words mean learns to compare them sooner")
    parser.add_argument("--out", default="cross.pt")
    parser.add_argument("--teacher", default="of-bi.npz", help="pairs that the bi-encoder graded (distil.py)")
    parser.add_argument("--words", default="words.pt", help="whose word table grades the mixtures")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    folder, data = Path(arguments.folder), Data(arguments.data)
    tokenizer = Tokenizer.load(folder / "vocab.txt")
    body, _ = load(folder / arguments.start)
    head = Head(body.config.hidden).to(DEVICE)
    sources = Sources(data, arguments.seed, harmless=0.0)
    taught = read_taught(folder / arguments.teacher)
    align(body, [pair_row(tokenizer, first, second) for first, second, _ in sources.sts[:3000]])
    mixtures = Mixtures(sources, Words(load(folder / arguments.words)[0], tokenizer))
    optimizer = torch.optim.AdamW([*body.parameters(), *head.parameters()], lr=PEAK, weight_decay=0.01)
    dev = Dev(data)
    start, best = time.time(), -1.0
    for step in range(arguments.steps):
        body.train(), head.train()
        for group in optimizer.param_groups:
            group["lr"] = PEAK * min(1, step / 200) * (1 - step / arguments.steps)
        mixed = int(BATCH * (MIXED[0] + (MIXED[1] - MIXED[0]) * step / arguments.steps))
        rows = mixtures.draw(mixed) + examples(sources, BATCH - mixed, taught)
        scores = torch.tensor([row[2] for row in rows], device=DEVICE)
        with half_precision():
            answers = logits(body, head, tokenizer, rows)
        loss = F.binary_cross_entropy_with_logits(answers, scores)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*body.parameters(), *head.parameters()], 1.0)
        optimizer.step()
        late = (time.time() - start) / 60 > arguments.minutes
        if (step + 1) % 250 == 0 or step + 1 == arguments.steps or late:
            score, told = dev.of_scores(CrossEncoder(body, head, tokenizer).scores)
            print(f"step {step + 1}: loss {loss.item():.3f}, {told}, {(time.time() - start) / 60:.0f} minutes", flush=True)
            if score > best:
                best = score
                save(body, folder / arguments.out, head=head.state_dict(), steps=step + 1, seed=arguments.seed)
        if late:
            break


if __name__ == "__main__":
    main()
