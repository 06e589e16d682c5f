"""Masked-language pre-training (Devlin et al. 2018), on as many processes as there are cores.

    python3 pretrain.py --in ../../artifacts/training --minutes 90

Run it again to go on where it stopped; the schedule is one of tokens, so it does not mind being cut.
"""

import argparse
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
from torch import nn
from torch.nn import functional as F

from bert import DEVICE, Bert, Config, load, save
from wordpiece import MASK

TOKENS_A_BATCH = 1024  # of each process: many small steps learn more from few tokens
MASKED = 0.20
PEAK = 1e-3
WARM_UP = 500_000  # tokens
CHECKPOINT = 300  # seconds


class Batches:
    """Batches of sequences of one length, in an order that seed and epoch decide; each process takes its share."""

    def __init__(self, path, rank, processes):
        data = np.load(path)
        self.ids, self.lengths, self.segments = data["ids"], data["lengths"].astype(np.int64), data["segments"]
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.rank, self.processes = rank, processes
        self.total = int(self.lengths.sum())

    def epoch(self, number):
        random = np.random.default_rng(1000 + number)
        order = random.permutation(len(self.lengths))
        order = order[np.argsort(self.lengths[order], kind="stable")]
        batches, i = [], 0
        while i < len(order):
            length = self.lengths[order[i]]
            same = int(np.searchsorted(self.lengths[order], length, side="right"))
            step = max(1, TOKENS_A_BATCH // length)
            batches += [order[j : j + step] for j in range(i, same, step)]
            i = same
        batches = [batches[k] for k in random.permutation(len(batches))]
        usable = len(batches) - len(batches) % self.processes
        for k in range(self.rank, usable, self.processes):
            rows = batches[k]
            length = self.lengths[rows[0]]
            ids = torch.from_numpy(self.ids[self.starts[rows][:, None] + np.arange(length)].astype(np.int64))
            types = torch.from_numpy((np.arange(length) >= self.segments[rows][:, None]).astype(np.int64))
            yield ids, types


class MaskedLanguageModel(nn.Module):
    """The body and BERT's head: dense, gelu, norm, and the word table again."""

    def __init__(self, body):
        super().__init__()
        self.body = body
        hidden = body.config.hidden
        self.dense, self.norm = nn.Linear(hidden, hidden), nn.LayerNorm(hidden, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(body.config.vocabulary))

    def forward(self, ids, types, places, answers):
        x = self.body(ids, types)[places]  # only what is asked for
        x = self.norm(F.gelu(self.dense(x)))
        return F.cross_entropy(x @ self.body.words.weight.T + self.bias, answers)


def mask(ids, vocabulary, generator):
    """80 % [MASK], 10 % any piece, 10 % as it is; special tokens are never asked for."""
    chance = torch.rand(ids.shape, generator=generator)
    places = (chance < MASKED) & (ids > MASK)
    changed = ids.clone()
    changed[places & (chance < 0.8 * MASKED)] = MASK
    other = places & (chance >= 0.8 * MASKED) & (chance < 0.9 * MASKED)
    changed[other] = torch.randint(MASK + 1, vocabulary, (int(other.sum()),), generator=generator)
    return changed, places


def rate(seen, total):
    """Up in a line, down in a cosine to a tenth."""
    if seen < WARM_UP:
        return PEAK * seen / WARM_UP
    progress = min(1.0, (seen - WARM_UP) / max(1, total - WARM_UP))
    return PEAK * (0.1 + 0.45 * (1 + math.cos(math.pi * progress)))


def work(rank, arguments, processes):
    torch.set_num_threads(1)
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(arguments.port))
    distributed.init_process_group("gloo", rank=rank, world_size=processes)
    folder = Path(arguments.folder)
    batches = Batches(folder / "corpus.npz", rank, processes)
    vocabulary = sum(1 for _ in open(folder / "vocab.txt", encoding="utf-8"))
    path = folder / "pretrained.pt"

    torch.manual_seed(arguments.seed)
    # Dropout only slows a small model that sees every sentence a few times.
    model = MaskedLanguageModel(Bert(Config(vocabulary, arguments.hidden, arguments.layers, arguments.heads, dropout=0.0))).to(DEVICE)
    groups = [
        {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for p in model.parameters() if p.dim() == 1], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=PEAK, betas=(0.9, 0.98), eps=1e-6)
    seen = epoch = skip = 0
    if path.exists():
        _, checkpoint = load(path)
        model.load_state_dict(checkpoint["whole"])
        optimizer.load_state_dict(checkpoint["optimizer"])
        seen, epoch, skip = checkpoint["seen"], checkpoint["epoch"], checkpoint["batch"]
    parameters = list(model.parameters())
    total = int(arguments.epochs * batches.total)
    start = saved = time.time()
    losses = []

    while seen < total:
        for number, (ids, types) in enumerate(batches.epoch(epoch)):
            if number < skip:
                continue
            generator = torch.Generator().manual_seed((epoch * 1_000_003 + number) * processes + rank)
            changed, places = mask(ids, vocabulary, generator)
            for group in optimizer.param_groups:
                group["lr"] = rate(seen, total)
            loss = model(changed.to(DEVICE), types.to(DEVICE), places.to(DEVICE), ids[places].to(DEVICE))
            optimizer.zero_grad()
            loss.backward()
            flat = torch.cat([p.grad.view(-1) for p in parameters] + [loss.detach().view(1), torch.tensor([float(ids.numel())], device=DEVICE)])
            if processes > 1:
                distributed.all_reduce(flat)
            gradient = flat[:-2] / processes
            gradient *= torch.clamp(1.0 / (gradient.norm() + 1e-6), max=1.0)
            offset = 0
            for p in parameters:
                p.grad.copy_(gradient[offset : offset + p.numel()].view_as(p))
                offset += p.numel()
            optimizer.step()
            seen += int(flat[-1])
            losses.append(float(flat[-2]) / processes)

            # The clock of process 0 decides for all, or they would part.
            now = torch.tensor([time.time() - start, time.time() - saved])
            if processes > 1:
                distributed.broadcast(now, 0)
            over = now[0] > 60 * arguments.minutes
            if now[1] > CHECKPOINT or over or seen >= total:
                saved = time.time()
                if rank == 0:
                    save(model.body, path, whole=model.state_dict(), optimizer=optimizer.state_dict(), seen=seen, epoch=epoch, batch=number + 1)
                    recent = sum(losses[-200:]) / len(losses[-200:])
                    print(f"{seen / 1e6:7.2f} M of {total / 1e6:.1f} M tokens, loss {recent:.3f}, {now[0] / 60:.0f} minutes", flush=True)
                if over or seen >= total:
                    return
        epoch, skip = epoch + 1, 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--processes", type=int, default=1 if DEVICE.type == "cuda" else os.cpu_count())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=29511)
    arguments = parser.parse_args()
    multiprocessing.spawn(work, (arguments, arguments.processes), arguments.processes)


if __name__ == "__main__":
    main()
