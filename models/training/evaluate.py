"""Measures a model: the table of its card.

    python3 evaluate.py --data ../../../shared/data --in ../../artifacts/training --bi bi.pt [--cross cross.pt] [--part dev]

Selection looks at --part dev alone; --part test is read once, at the end.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from bert import in_parts, load, load_cross
from corpus import Data, key
from wordpiece import CLS, SEP, Tokenizer

MAX_TOKENS = 64


def ranks(values):
    """Ranks from 0 up; equal values share the mean of theirs."""
    values = np.asarray(values, float)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts + 1) / 2)[inverse]


def spearman(a, b):
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def interval(measure, count, draws=1000):
    """The 95 % bootstrap interval of a measure over a number of examples."""
    random = np.random.default_rng(0)
    values = sorted(measure(random.integers(0, count, count)) for _ in range(draws))
    return values[int(0.025 * draws)], values[int(0.975 * draws)]


class BiEncoder:
    """Mean pooling over a body."""

    def __init__(self, body, tokenizer):
        self.body, self.tokenizer = body.eval(), tokenizer

    @torch.no_grad()
    def encode(self, texts, change=list):
        """Unit vectors [texts, hidden]; change may reorder a text's tokens."""
        rows = [[CLS, *change(self.tokenizer.encode(text)[: MAX_TOKENS - 2]), SEP] for text in texts]
        return embed(self.body, [(row, [0] * len(row)) for row in rows]).cpu().numpy()

    def scores(self, pairs, change=list):
        texts = list(dict.fromkeys(text for pair in pairs for text in pair[:2]))
        at = {text: i for i, text in enumerate(texts)}
        vectors = self.encode(texts, change)
        return [float(vectors[at[p[0]]] @ vectors[at[p[1]]]) for p in pairs]


class CrossEncoder:
    """One logit from [CLS], as BertForSequenceClassification has it."""

    def __init__(self, body, head, tokenizer):
        self.body, self.head, self.tokenizer = body.eval(), head.eval(), tokenizer

    @torch.no_grad()
    def scores(self, pairs, change=list):
        return logits(self.body, self.head, self.tokenizer, pairs, change).tolist()


def pair_row(tokenizer, first, second, change=list):
    """[CLS] first [SEP] second [SEP], the longer text cut first; change may reorder a text's tokens."""
    a, b = change(tokenizer.encode(first)), change(tokenizer.encode(second))
    while len(a) + len(b) > MAX_TOKENS - 3:
        (a if len(a) > len(b) else b).pop()
    return [CLS, *a, SEP, *b, SEP], [0] * (len(a) + 2) + [1] * (len(b) + 1)


def logits(body, head, tokenizer, pairs, change=list):
    """One logit a pair; [pairs]."""
    rows = [pair_row(tokenizer, first, second, change) for first, second, *_ in pairs]
    return in_parts(rows, lambda ids, types, mask: head(body(ids, types, mask)[:, 0])[:, 0]).float()


def embed(body, rows):
    """Unit mean-pooled vectors of rows of (ids, types); [rows, hidden]."""

    def mean(ids, types, mask):
        tokens = body(ids, types, mask).float()
        return (tokens * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)

    return torch.nn.functional.normalize(in_parts(rows, mean), dim=1)


def correlation(name, scores, pairs):
    gold = np.array([p[2] for p in pairs])
    scores = np.array(scores)
    value = spearman(scores, gold)
    low, high = interval(lambda sample: spearman(scores[sample], gold[sample]), len(gold), 300)
    return {f"{name} Spearman x100": round(100 * value, 1), f"{name} interval": [round(100 * low, 1), round(100 * high, 1)]}


def minimal_pairs(score, triples):
    """How often the paraphrase scores above the contrast, in all and by category."""
    right = score([(a, p) for _, a, p, _ in triples]), score([(a, c) for _, a, _, c in triples])
    wins = [x > y for x, y in zip(*right)]
    by = {}
    for (category, *_), win in zip(triples, wins):
        by.setdefault(category, []).append(win)
    return 100 * float(np.mean(wins)), {category: f"{sum(w)}/{len(w)}" for category, w in by.items()}


class Dev:
    """What a model is chosen by: nothing of it is trained on, nothing of it is the test."""

    def __init__(self, data):
        self.korsts = data.korsts("dev")
        self.contrasts = [("", *triple) for triple in data.hard_negatives("dev") if triple[0] != triple[1]]
        groups = dict(data.groups())["everyday"][19::20]
        self.search = [(g[0], g[1]) for g in groups], [s for g in groups for s in g[1:]]
        passages = data.questions("train") + data.questions("dev")
        self.questions = [(q, p) for p, questions in data.questions("dev") for q in questions], [p for p, _ in passages]

    def of_scores(self, scores):
        """The mean of KorSTS dev and the contrasts, and a line that tells both."""
        sts = 100 * spearman(scores(self.korsts), [p[2] for p in self.korsts])
        right, _ = minimal_pairs(scores, self.contrasts)
        return (sts + right) / 2, f"KorSTS dev {sts:.1f}, contrasts {right:.0f} %"

    def of_encoder(self, encoder):
        """The mean of those and of how soon a paraphrase and an answer are found, and a line that tells all."""
        score, told = self.of_scores(encoder.scores)
        found = [100 * self.found(encoder, *self.search), 100 * self.found(encoder, *self.questions)]
        return (2 * score + sum(found)) / 4, f"{told}, paraphrases {found[0]:.0f} %, answers {found[1]:.0f} % (MRR@10)"

    @staticmethod
    def found(encoder, wanted, texts):
        similarity = encoder.encode([query for query, _ in wanted]) @ encoder.encode(texts).T
        orders = [[texts[i] for i in np.argsort(-row, kind="stable")[:10]] for row in similarity]
        return float(np.mean([reciprocal_rank(order, answer) for order, (_, answer) in zip(orders, wanted)]))


def reciprocal_rank(order, wanted):
    place = list(order).index(wanted) if wanted in order else -1
    return 1 / (place + 1) if 0 <= place < 10 else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--bi", default="bi.pt")
    parser.add_argument("--cross")
    parser.add_argument("--part", default="dev", choices=["dev", "test"])
    arguments = parser.parse_args()
    folder, data = Path(arguments.folder), Data(arguments.data)
    tokenizer = Tokenizer.load(folder / "vocab.txt")
    body, _ = load(folder / arguments.bi)
    bi = BiEncoder(body, tokenizer)
    table = {}

    korsts = data.korsts(arguments.part)
    table.update(correlation(f"KorSTS {arguments.part}", bi.scores(korsts), korsts))
    everything = data.klue_sts()
    overlap = {k for cluster in data.parakqc() for k in map(key, cluster)}
    klue = [p for p in everything if key(p[0]) not in overlap and key(p[1]) not in overlap]
    table.update(correlation("KLUE-STS dev", bi.scores(everything), everything))
    table.update(correlation("KLUE-STS dev without overlap", bi.scores(klue), klue))

    lessons = data.lesson_pairs()
    table.update(correlation("graded pairs of the lessons", bi.scores(lessons), lessons))

    triples = data.minimal_pairs(arguments.part)
    table["minimal pairs, %"], table["by category"] = minimal_pairs(bi.scores, triples)
    every = data.minimal_pairs("dev") + data.minimal_pairs("test")  # none is trained on
    probe = [t for t in every if t[0] in ("negation", "order", "particles", "voice")]
    table["role and negation probe, %, and with shuffled tokens"] = with_and_without_order(bi.scores, probe)
    table["KorSTS without layer i"] = without_layers(bi, korsts)

    for example in json.load(open(Path(__file__).resolve().parents[2] / "data" / "lecture.json", encoding="utf-8"))["examples"]:
        vectors = bi.encode(example["sentences"])
        table[f"lecture, {example['name']}: 12 13 23"] = [round(float(vectors[i] @ vectors[j]), 3) for i, j in ((0, 1), (0, 2), (1, 2))]

    passages, questions = data.faq()
    ids = list(passages)
    similarity = bi.encode([q for _, q in questions]) @ bi.encode(list(passages.values())).T
    orders = [[ids[i] for i in np.argsort(-row, kind="stable")] for row in similarity]
    table["FAQ MRR@10"] = round(float(np.mean([reciprocal_rank(o, wanted) for o, (wanted, _) in zip(orders, questions)])), 3)

    if arguments.cross:
        body, head = load_cross(folder / arguments.cross)
        cross = CrossEncoder(body, head, tokenizer)
        table.update(correlation(f"cross: KorSTS {arguments.part}", cross.scores(korsts), korsts))
        table.update(correlation("cross: KLUE-STS dev", cross.scores(everything), everything))
        table.update(correlation("cross: KLUE-STS dev without overlap", cross.scores(klue), klue))
        table.update(correlation("cross: graded pairs of the lessons", cross.scores(lessons), lessons))
        table["cross: minimal pairs, %"], table["cross: by category"] = minimal_pairs(cross.scores, triples)
        table["cross: role and negation probe, %, and with shuffled tokens"] = with_and_without_order(cross.scores, probe)
        ranked = []
        for order, (wanted, question) in zip(orders, questions):
            scores = cross.scores([(question, passages[i]) for i in order[:10]])
            ranked.append(reciprocal_rank([order[i] for i in np.argsort([-s for s in scores], kind="stable")], wanted))
        table["cross: FAQ MRR@10 of the first 10 re-ranked"] = round(float(np.mean(ranked)), 3)
    for name, value in table.items():
        print(f"{name}: {value}")


def with_and_without_order(score, triples, shuffles=10):
    """How often the paraphrase scores above the contrast; and the mean of that over shuffles of each text's tokens."""
    random = np.random.default_rng(0)
    shuffled = lambda ids: random.permutation(ids).tolist()
    without = [minimal_pairs(lambda pairs: score(pairs, shuffled), triples)[0] for _ in range(shuffles)]
    return round(minimal_pairs(score, triples)[0], 1), round(float(np.mean(without)), 1)


def without_layers(bi, pairs):
    """The Spearman that is left when one layer is skipped, for each layer."""
    left, layers = [], bi.body.layers
    for i in range(len(layers)):
        bi.body.layers = torch.nn.ModuleList([layer for j, layer in enumerate(layers) if j != i])
        left.append(round(100 * spearman(bi.scores(pairs), [p[2] for p in pairs]), 1))
    bi.body.layers = layers
    return left


if __name__ == "__main__":
    main()
