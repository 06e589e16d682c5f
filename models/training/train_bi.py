"""Fine-tunes the body as a bi-encoder (Reimers and Gurevych 2019): paraphrases, inference, graded pairs.

    python3 train_bi.py --data ../../../shared/data --in ../../artifacts/training --minutes 25 [--teacher teacher.npz] --out bi.pt

Two kinds of steps alternate. Groups: sentences that say the same are drawn together, all others in the batch pushed away
(MultipleNegativesRanking, Henderson et al. 2017), hard negatives of their own first. Graded pairs: the order of their cosines
is to be that of their scores (CoSENT).
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from bert import half_precision, load, save
from corpus import Data
from evaluate import BiEncoder, embed, minimal_pairs, spearman
from wordpiece import CLS, SEP, Tokenizer

TEMPERATURE, SCALE = 0.05, 20.0
BATCH = 64
PEAK = 3e-4
MAX_TOKENS = 40  # while training; few sentences are longer


class Sources:
    """Draws training examples: (anchor, positive, hard negative or None) and (first, second, score 0 to 1)."""

    def __init__(self, data, seed):
        self.random = random.Random(seed)
        groups = dict(data.groups())
        self.groups = [g for name in ("parakqc", "stylekqc", "question-pair") for g in groups[name]]
        self.everyday = groups["everyday"] + data.english()
        self.short = data.sae4k()
        nli = {}
        for premise, hypothesis, label in data.nli():
            nli.setdefault(premise, {}).setdefault(label, []).append(hypothesis)
        self.nli = [(p, by) for p, by in nli.items() if "entailment" in by]
        self.sts = [(a, b, score / 5) for a, b, score in data.sts() + data.graded()]
        self.contrasts = data.hard_negatives("train") + [(a, p, c) for _, a, p, c in data.minimal_pairs("train")]
        self.reviews = [r for r in data.reviews() if 20 <= len(r) <= 80]
        # Sentences that share their last word and nothing else are what a bag of words mistakes for alike.
        self.last_words = {}
        for sentence in self.random.sample(self.reviews, 60_000):
            self.last_words.setdefault(sentence.split()[-1], []).append(sentence)

    def same(self, word):
        others = self.last_words.get(word, ())
        return self.random.choice(others) if others else None

    def triple(self):
        kind = self.random.random()
        if kind < 0.25:
            group = self.random.choice(self.groups)
        elif kind < 0.50:
            group = self.random.choice(self.everyday)
        elif kind < 0.60:
            group = self.random.choice(self.short)
        elif kind < 0.75:
            premise, by = self.random.choice(self.nli)
            against = by.get("contradiction")
            return premise, self.random.choice(by["entailment"]), against and self.random.choice(against)
        elif kind < 0.90:
            return self.random.choice(self.contrasts)
        else:
            words = self.random.choice(self.reviews).split()
            middle = len(words) // 2
            return " ".join(words[:middle]), " ".join(words[middle:]), None
        anchor, positive = self.random.sample(group, 2)
        return anchor, positive, self.same(anchor.split()[-1])

    def graded(self):
        """A graded pair; some of a contrast, which counts as little alike as the graders of KorSTS would have it."""
        if self.random.random() < 0.15:
            anchor, same, other = self.random.choice(self.contrasts)
            return (anchor, same, 0.95) if self.random.random() < 0.5 else (anchor, other, 0.35)
        return self.random.choice(self.sts)


def ids(tokenizer, text):
    row = [CLS, *tokenizer.encode(text)[: MAX_TOKENS - 2], SEP]
    return row, [0] * len(row)


def ranking_loss(body, tokenizer, triples):
    texts = [t[0] for t in triples] + [t[1] for t in triples] + [t[2] for t in triples if t[2]]
    with half_precision():
        vectors = embed(body, [ids(tokenizer, text) for text in texts])
    anchors, others = vectors[: len(triples)], vectors[len(triples) :]
    labels = torch.arange(len(triples))
    forth = F.cross_entropy(anchors @ others.T / TEMPERATURE, labels)
    back = F.cross_entropy(others[: len(triples)] @ anchors.T / TEMPERATURE, labels)
    return (forth + back) / 2


def order_loss(body, tokenizer, pairs):
    """CoSENT (Su 2022) with a pull towards the score itself."""
    with half_precision():
        vectors = embed(body, [ids(tokenizer, text) for pair in pairs for text in pair[:2]])
    cosines = (vectors[0::2] * vectors[1::2]).sum(1)
    gold = torch.tensor([pair[2] for pair in pairs])
    wrong = SCALE * (cosines[:, None] - cosines[None, :])[gold[:, None] < gold[None, :]]
    cosent = torch.logsumexp(torch.cat([torch.zeros(1), wrong]), 0)
    return cosent + 10 * F.mse_loss(cosines, gold)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--start", default="pretrained.pt")
    parser.add_argument("--out", default="bi.pt")
    parser.add_argument("--teacher", help="pairs that a cross-encoder graded (distil.py)")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    folder, data = Path(arguments.folder), Data(arguments.data)
    tokenizer = Tokenizer.load(folder / "vocab.txt")
    body, _ = load(folder / arguments.start)
    sources = Sources(data, arguments.seed)
    if arguments.teacher:
        graded = np.load(folder / arguments.teacher, allow_pickle=False)
        taught = list(zip(graded["first"].tolist(), graded["second"].tolist(), graded["scores"].tolist()))

    optimizer = torch.optim.AdamW(body.parameters(), lr=PEAK, weight_decay=0.01)
    dev, contrasts = data.korsts("dev"), [("dev", *t) for t in data.hard_negatives("dev")]
    start, best = time.time(), -1.0
    for step in range(arguments.steps):
        body.train()
        # The schedule is one of steps, so that a machine's speed does not change the result; --minutes only stops early.
        progress = step / arguments.steps
        for group in optimizer.param_groups:
            group["lr"] = PEAK * min(1, step / 100) * (1 - progress)
        pairs = [sources.graded() for _ in range(BATCH)]
        if arguments.teacher and step % 2:
            pairs = sources.random.sample(taught, BATCH)
        loss = ranking_loss(body, tokenizer, [sources.triple() for _ in range(BATCH)]) + order_loss(body, tokenizer, pairs)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body.parameters(), 1.0)
        optimizer.step()
        late = (time.time() - start) / 60 > arguments.minutes
        if (step + 1) % 200 == 0 or step + 1 == arguments.steps or late:
            bi = BiEncoder(body, tokenizer)
            score = 100 * spearman(bi.scores(dev), [p[2] for p in dev])
            right, _ = minimal_pairs(bi.scores, contrasts)
            print(f"step {step + 1}: loss {loss.item():.3f}, KorSTS dev {score:.1f}, contrasts {right:.0f} %, {(time.time() - start) / 60:.0f} minutes", flush=True)
            if score > best:
                best = score
                save(body, folder / arguments.out, steps=step + 1, seed=arguments.seed)
        if late:
            break


if __name__ == "__main__":
    main()
