"""Tunes the word table alone: a BERT without layers, thousands of pairs a second (see train_bi.py for the losses).

    python3 train_words.py --data ../../../shared/data --in ../../artifacts/training --out words.pt

Two minutes of it teach the table more synonyms than as many minutes of the whole model; the layers then learn what order adds.
"""

import argparse
import time
from pathlib import Path

import torch
from torch.nn import functional as F

from bert import DEVICE, load, save
from corpus import Data
from evaluate import Dev
from train_bi import ORDER, Sources, order_loss, ranking_loss
from wordpiece import CLS, SEP, Tokenizer

BATCH = 128
PEAK = 5e-4  # with more, the layers no longer know the words
LAYERS = 0.2  # how much of what the layers add is left


class Words:
    """Texts to unit vectors: the mean of their words' rows, with positions, types and norm as the body has them."""

    def __init__(self, body, tokenizer):
        self.body, self.tokenizer, self.known = body, tokenizer, {}

    def embed(self, texts):
        """[texts, hidden]"""
        for text in texts:
            if text not in self.known:
                self.known[text] = [CLS, *self.tokenizer.encode(text)[: self.body.config.positions - 2], SEP]
        rows = [self.known[text] for text in texts]
        ids = torch.tensor([i for row in rows for i in row], device=DEVICE)
        places = torch.tensor([place for row in rows for place in range(len(row))], device=DEVICE)
        of_text = torch.tensor([number for number, row in enumerate(rows) for _ in row], device=DEVICE)
        x = self.body.norm(self.body.words(ids) + self.body.positions.weight[places] + self.body.types.weight[0])
        return F.normalize(torch.zeros(len(rows), x.shape[1], device=DEVICE).index_add(0, of_text, x), dim=1)

    @torch.no_grad()
    def encode(self, texts):
        return self.embed(texts).cpu().numpy()

    @torch.no_grad()
    def scores(self, pairs):
        return (self.embed([p[0] for p in pairs]) * self.embed([p[1] for p in pairs])).sum(1).tolist()


@torch.no_grad()
def soften(body):
    """Lets the whole model begin near the mean of its words, which are tuned, instead of far from it."""
    for layer in body.layers:
        for last in (layer.attention.output, layer.down):
            last.weight *= LAYERS
            last.bias *= LAYERS


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--start", default="pretrained.pt")
    parser.add_argument("--out", default="words.pt")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    folder, data = Path(arguments.folder), Data(arguments.data)
    body, _ = load(folder / arguments.start)
    words = Words(body, Tokenizer.load(folder / "vocab.txt"))
    sources = Sources(data, arguments.seed)
    optimizer = torch.optim.Adam([body.words.weight], lr=PEAK)
    dev, start = Dev(data), time.time()
    for step in range(arguments.steps):
        optimizer.param_groups[0]["lr"] = PEAK * min(1, step / 100) * (1 - step / arguments.steps)
        loss = ranking_loss(words.embed, [sources.triple() for _ in range(BATCH)])
        loss = loss + ORDER * order_loss(words.embed, [sources.graded() for _ in range(BATCH)])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (step + 1) % 500 == 0:
            _, told = dev.of_encoder(words)
            print(f"step {step + 1}: loss {loss.item():.3f}, {told}, {time.time() - start:.0f} seconds", flush=True)
    soften(body)
    save(body, folder / arguments.out, steps=arguments.steps, seed=arguments.seed)


if __name__ == "__main__":
    main()
