"""Fine-tunes the body as a cross-encoder: both sentences in one text, one logit from [CLS].

    python3 train_cross.py --data ../../../shared/data --in ../../artifacts/training --minutes 25 --out cross.pt

The logit's sigmoid is the similarity, 0 to 1: binary cross-entropy against graded scores, and against what paraphrases,
inference and contrasts are worth. Of an anchor's two partners the one that says the same is to score higher, which is what
negation and exchanged roles teach.
"""

import argparse
import random
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from bert import half_precision, load, save
from corpus import Data
from evaluate import CrossEncoder, logits, minimal_pairs, spearman
from train_bi import Sources
from wordpiece import Tokenizer

BATCH = 48
PEAK = 3e-4
SAME, OPPOSED, UNRELATED = 0.95, 0.35, 0.02


class Head(nn.Module):
    """BertForSequenceClassification's: the pooler, and one logit; [batch, hidden] to [batch, 1]."""

    def __init__(self, hidden, dropout=0.1):
        super().__init__()
        self.pooler, self.classifier = nn.Linear(hidden, hidden), nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, first):
        return self.classifier(self.dropout(torch.tanh(self.pooler(first))))


def examples(sources, count):
    """count (first, second, score); a triple gives two, side by side."""
    rows = []
    while len(rows) < count:
        if sources.random.random() < 0.5:
            rows.append(sources.graded())
            continue
        anchor, same, other = sources.triple()
        score = OPPOSED
        if other is None:  # the halves of a review, or a group without an opposite: any other sentence will do
            other, score = sources.random.choice(sources.reviews), UNRELATED
        rows += [(anchor, same, SAME), (anchor, other, score)]
    return [swapped(row, sources.random) for row in rows[:count]]


def swapped(row, chooser):
    """Half of the pairs the other way round: similarity has no direction."""
    return (row[1], row[0], row[2]) if chooser.random() < 0.5 else row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--start", default="pretrained.pt")
    parser.add_argument("--out", default="cross.pt")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    folder, data = Path(arguments.folder), Data(arguments.data)
    tokenizer = Tokenizer.load(folder / "vocab.txt")
    body, _ = load(folder / arguments.start)
    head = Head(body.config.hidden)
    sources = Sources(data, arguments.seed)
    optimizer = torch.optim.AdamW([*body.parameters(), *head.parameters()], lr=PEAK, weight_decay=0.01)
    dev, contrasts = data.korsts("dev"), [("dev", *t) for t in data.hard_negatives("dev")]
    start, best = time.time(), -1.0
    for step in range(arguments.steps):
        body.train(), head.train()
        for group in optimizer.param_groups:
            group["lr"] = PEAK * min(1, step / 200) * (1 - step / arguments.steps)
        rows = examples(sources, BATCH)
        scores = torch.tensor([row[2] for row in rows])
        with half_precision():
            answers = logits(body, head, tokenizer, rows)
        loss = F.binary_cross_entropy_with_logits(answers, scores)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*body.parameters(), *head.parameters()], 1.0)
        optimizer.step()
        late = (time.time() - start) / 60 > arguments.minutes
        if (step + 1) % 250 == 0 or step + 1 == arguments.steps or late:
            cross = CrossEncoder(body, head, tokenizer)
            score = 100 * spearman(cross.scores(dev), [p[2] for p in dev])
            right, _ = minimal_pairs(cross.scores, contrasts)
            print(f"step {step + 1}: loss {loss.item():.3f}, KorSTS dev {score:.1f}, contrasts {right:.0f} %, {(time.time() - start) / 60:.0f} minutes", flush=True)
            if score > best:
                best = score
                save(body, folder / arguments.out, head=head.state_dict(), steps=step + 1, seed=arguments.seed)
        if late:
            break


if __name__ == "__main__":
    main()
