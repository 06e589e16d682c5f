"""Fine-tunes the body as a bi-encoder (Reimers and Gurevych 2019): paraphrases, inference, graded pairs.

    python3 train_bi.py --data ../../../shared/data --in ../../artifacts/training --minutes 25 [--teacher teacher.npz] --out bi.pt

Two kinds of steps alternate. Groups: sentences that say the same are drawn together, all others in the batch pushed away
(MultipleNegativesRanking, Henderson et al. 2017), hard negatives of their own first. Graded pairs: the order of their cosines
is to be that of their scores (CoSENT).
"""

import argparse
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from bert import half_precision, load, save
from contrasts import contrast, harmless
from corpus import Data
from evaluate import BiEncoder, Dev, embed
from wordpiece import CLS, SEP, Tokenizer

TEMPERATURE, SCALE = 0.05, 20.0
BATCH = 64
ORDER = 0.3  # the order of graded pairs is soon learnt by heart: paraphrases are to count as much
PEAK, WORDS = 1e-4, 3e-4  # learning rates; most of a word's meaning is in its row of the table, which few steps touch
# Scores of pairs that nobody graded, on KorSTS's scale: OPPOSED is its 3 of 5, an important fact is another.
SAME, ENTAILED, ANSWERED, OPPOSED, RELATED, UNRELATED = 0.95, 0.8, 0.8, 0.6, 0.2, 0.02
MAX_TOKENS = 40  # while training; few sentences are longer


def of_contrast(sentence, other):
    """The score of two sentences that share words: OPPOSED if they speak of one thing, RELATED if of two.

    값이 내렸다 and 값이 올랐다 speak of one thing, 값이 내렸다 and 비가 내렸다 of two.
    """
    one, two = ([word.strip(".?!") for word in text.split()] for text in (sentence, other))
    pieces = [Counter(word[i : i + 2] for word in words for i in range(max(1, len(word) - 1))) for words in (one, two)]
    shared = 2 * sum((pieces[0] & pieces[1]).values()) / sum(map(sum, (p.values() for p in pieces)))
    # All but the last word, which is mostly the verb. A one-word sentence names no thing of its own.
    of_one = len(one) == 1 or len(two) == 1 or any(same_noun(a, b) for a in one[:-1] for b in two[:-1])
    return OPPOSED if of_one and shared >= 0.35 else RELATED


def same_noun(word, other):
    """Whether two words begin alike for half of the longer one: a noun with one particle and with another."""
    half = (max(len(word), len(other)) + 1) // 2
    return word[:half] == other[:half]


class Sources:
    """Draws training examples: triples for a ranking, and pairs (first, second, score 0 to 1)."""

    def __init__(self, data, seed, harmless=0.3):
        """harmless: how often a sentence's paraphrase is the sentence itself with a change that changes nothing."""
        self.random, self.harmless = random.Random(seed), harmless
        groups = dict(data.groups())
        self.groups = [g for name in ("parakqc", "stylekqc", "question-pair") for g in groups[name]]
        # Every twentieth group is kept for Dev.
        self.everyday = [g for i, g in enumerate(groups["everyday"]) if i % 20 != 19] + data.english()
        self.questions = data.questions("train")
        self.short = data.sae4k()
        nli = {}
        for premise, hypothesis, label in data.nli():
            nli.setdefault(premise, {}).setdefault(label, []).append(hypothesis)
        self.nli = [(p, by) for p, by in nli.items() if "entailment" in by]
        self.sts = [(a, b, score / 5) for a, b, score in data.sts() + data.graded()]
        self.contrasts = [(*triple, of_contrast(triple[0], triple[2])) for triple in data.hard_negatives("train")]
        self.reviews = [r for r in data.reviews() if 20 <= len(r) <= 80]
        # Sentences that share their last word and nothing else are what a bag of words mistakes for alike.
        self.last_words = {}
        for sentence in self.random.sample(self.reviews, 60_000) + [s for g in self.groups + self.everyday for s in g]:
            self.last_words.setdefault(sentence.split()[-1], []).append(sentence)

    def triple(self, whole=False):
        """(anchor, positive, its score, other, its score); other may be None. Whole: sentences alone, no crops and no keywords."""
        kind = self.random.random()
        if kind < 0.15 and not whole:
            return self.crops() if kind < 0.10 else (*self.random.sample(self.random.choice(self.short), 2), None, None, None)
        if kind < 0.30:
            return self.question()
        if kind < 0.40:
            premise, by = self.random.choice(self.nli)
            against = by.get("contradiction")
            return premise, self.random.choice(by["entailment"]), ENTAILED, against and self.random.choice(against), OPPOSED
        if kind < 0.60:
            anchor, same, other, score = self.random.choice(self.contrasts)
            return anchor, self.same(anchor, same), SAME, other, score
        group = self.random.choice(self.groups if kind < 0.80 else self.everyday)
        anchor, same = self.random.sample(group, 2)
        return anchor, self.same(anchor, same), SAME, *self.against(anchor, group)

    def same(self, sentence, paraphrase):
        return (harmless(sentence, self.random) if self.random.random() < self.harmless else None) or paraphrase

    def against(self, sentence, group):
        """What a bag of words mistakes for the same: a contrast by rule, or a sentence with the same last word; and its score."""
        changed = contrast(sentence, self.random) if self.random.random() < 0.35 else None
        if changed:
            return changed, OPPOSED
        other = self.random.choice(self.last_words.get(sentence.split()[-1], group))
        return (None, None) if other in group else (other, UNRELATED)

    def question(self):
        """A question, the passage that answers it, and another of the same place."""
        number = self.random.randrange(len(self.questions))
        other = min(max(0, number + self.random.choice([-3, -2, -1, 1, 2, 3])), len(self.questions) - 1)
        passage, questions = self.questions[number]
        return self.random.choice(questions), passage, ANSWERED, self.questions[other][0] if other != number else None, RELATED

    def crops(self):
        """Two crops of one review (Izacard et al. 2021): which of its words tell it from all others."""
        words = self.random.choice(self.reviews).split()
        return (*(" ".join(self.crop(words)) for _ in range(2)), None, None, None)

    def crop(self, words):
        length = self.random.randint(max(1, len(words) // 3), max(1, 2 * len(words) // 3))
        start = self.random.randint(0, len(words) - length)
        return words[start : start + length]

    def graded(self):
        """A graded pair; some of a contrast."""
        if self.random.random() < 0.25:
            anchor, same, other, score = self.random.choice(self.contrasts)
            return (anchor, self.same(anchor, same), SAME) if self.random.random() < 0.5 else (anchor, other, score)
        return self.random.choice(self.sts)


def encoder(body, tokenizer):
    """A function from texts to unit vectors [texts, hidden], to train through."""

    def encode(texts):
        rows = [[CLS, *tokenizer.encode(text)[: MAX_TOKENS - 2], SEP] for text in texts]
        with half_precision():
            return embed(body, [(row, [0] * len(row)) for row in rows])

    return encode


def ranking_loss(encode, triples):
    vectors = encode([t[0] for t in triples] + [t[1] for t in triples] + [t[3] for t in triples if t[3]])
    anchors, others = vectors[: len(triples)], vectors[len(triples) :]
    labels = torch.arange(len(triples), device=vectors.device)
    forth = F.cross_entropy(anchors @ others.T / TEMPERATURE, labels)
    back = F.cross_entropy(others[: len(triples)] @ anchors.T / TEMPERATURE, labels)
    return (forth + back) / 2


def order_loss(encode, pairs):
    """CoSENT (Su 2022) with a pull towards the score itself."""
    vectors = encode([text for pair in pairs for text in pair[:2]])
    cosines = (vectors[0::2] * vectors[1::2]).sum(1)
    gold = torch.tensor([pair[2] for pair in pairs], device=vectors.device)
    wrong = SCALE * (cosines[:, None] - cosines[None, :])[gold[:, None] < gold[None, :]]
    cosent = torch.logsumexp(torch.cat([torch.zeros(1, device=wrong.device), wrong]), 0)
    return cosent + 10 * F.mse_loss(cosines, gold)


def read_taught(path):
    """The pairs that distil.py wrote: (first, second, score 0 to 1)."""
    graded = np.load(path, allow_pickle=False)
    return list(zip(graded["first"].tolist(), graded["second"].tolist(), graded["scores"].tolist()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--start", default="words.pt")
    parser.add_argument("--out", default="bi.pt")
    parser.add_argument("--teacher", help="pairs that the cross-encoder graded (distil.py)")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)  # as fast as two at this size: the other core can train another model
    folder, data = Path(arguments.folder), Data(arguments.data)
    tokenizer = Tokenizer.load(folder / "vocab.txt")
    body, _ = load(folder / arguments.start)
    sources = Sources(data, arguments.seed)
    taught = read_taught(folder / arguments.teacher) if arguments.teacher else None

    encode = encoder(body, tokenizer)
    words = body.words.weight
    optimizer = torch.optim.AdamW(
        [{"params": [words], "lr": WORDS}, {"params": [p for p in body.parameters() if p is not words], "lr": PEAK}], weight_decay=0.01
    )
    peaks = [group["lr"] for group in optimizer.param_groups]
    dev = Dev(data)
    start, best = time.time(), -1.0
    for step in range(arguments.steps):
        body.train()
        # The schedule is one of steps, so that a machine's speed does not change the result; --minutes only stops early.
        progress = step / arguments.steps
        for group, peak in zip(optimizer.param_groups, peaks):
            group["lr"] = peak * min(1, step / 100) * (1 - progress)
        pairs = [sources.graded() for _ in range(BATCH)]
        if taught and step % 2:
            pairs = sources.random.sample(taught, BATCH)
        loss = ranking_loss(encode, [sources.triple() for _ in range(BATCH)]) + ORDER * order_loss(encode, pairs)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body.parameters(), 1.0)
        optimizer.step()
        late = (time.time() - start) / 60 > arguments.minutes
        if (step + 1) % 200 == 0 or step + 1 == arguments.steps or late:
            score, told = dev.of_encoder(BiEncoder(body, tokenizer))
            print(f"step {step + 1}: loss {loss.item():.3f}, {told}, {(time.time() - start) / 60:.0f} minutes", flush=True)
            if score > best:
                best = score
                save(body, folder / arguments.out, steps=step + 1, seed=arguments.seed)
        if late:
            break


if __name__ == "__main__":
    main()
