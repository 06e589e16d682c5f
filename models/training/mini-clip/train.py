"""Trains the mini CLIP: python3 train.py PICTURES OUT [--steps N] [--threads N]; see README.md."""

import argparse
import copy
import math
import pathlib
import random
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import bpe
import data
import folder
from model import CONFIG, Clip

parser = argparse.ArgumentParser()
parser.add_argument("pictures", type=pathlib.Path, help="what data/pictures/draw.cs wrote")
parser.add_argument("out", type=pathlib.Path, help="gets a CLIPModel folder, again at every checkpoint")
parser.add_argument("--steps", type=int, default=2200)
parser.add_argument("--batch", type=int, default=128)
parser.add_argument("--rate", type=float, default=1e-3)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

random.seed(options.seed)
torch.manual_seed(options.seed)
torch.set_num_threads(options.threads)
torch.set_flush_denormal(True)
WARM_UP, MERGES, DROPOUT = 100, 600, 0.1

scenes = data.read(options.pictures)
pictures = data.all_pixels(options.pictures, scenes)
train = [index for index, scene in enumerate(scenes) if data.split(scene) == "seen"]
texts = [caption["text"] for index in train[:5000] for caption in scenes[index]["captions"]]
tokenizer = bpe.Tokenizer(bpe.learn(texts, MERGES))

config = copy.deepcopy(CONFIG)
config["text_config"].update(
    vocab_size=len(tokenizer.ids),
    bos_token_id=tokenizer.start,
    eos_token_id=tokenizer.end,
    pad_token_id=tokenizer.end,
)
model = Clip(config)
# What a picture's vector must also tell in so many numbers: a help for the first thousand steps, left out of the folder.
heads = nn.ModuleList(nn.Linear(config["projection_dim"], len(values)) for values in data.ATTRIBUTES.values())
weights = [*model.parameters(), *heads.parameters()]
optimizer = torch.optim.AdamW(
    [
        {"params": [weight for weight in weights if weight.dim() > 1], "weight_decay": 0.05},
        {"params": [weight for weight in weights if weight.dim() <= 1], "weight_decay": 0.0},
    ],
    lr=options.rate,
    betas=(0.9, 0.98),
)
print(f"{sum(w.numel() for w in model.parameters()):,} weights, {len(train):,} pictures, {len(tokenizer.ids)} tokens", flush=True)


def batches():
    while True:
        random.shuffle(train)
        for start in range(0, len(train) - options.batch + 1, options.batch):
            yield sorted(train[start : start + options.batch])


def captions_of(scene):
    """One in each language; every other time the one that tells everything."""
    captions = scene["captions"]
    return [captions[0 if random.random() < 0.5 else 2 * random.randrange(1, len(captions) // 2)],
            captions[1 if random.random() < 0.5 else 2 * random.randrange(1, len(captions) // 2) + 1]]


def contrast(logits, true):
    """Cross entropy with the own partner; another picture that the caption is true of as well is no wrong answer."""
    own = torch.eye(len(logits), dtype=torch.bool)
    logits = logits.masked_fill(true & ~own, -1e9)
    answers = torch.arange(len(logits))
    return (F.cross_entropy(logits, answers) + F.cross_entropy(logits.T, answers)) / 2


def half():
    """Matrix products in bfloat16 take half the time; everything that must be exact stays outside."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


begun = time.time()
average = None
for step, batch in zip(range(options.steps), batches()):
    rate = min(1, (step + 1) / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * step / options.steps))
    for group in optimizer.param_groups:
        group["lr"] = options.rate * rate

    shown = torch.tensor([data.shown(scenes[index]) for index in batch])
    with half():
        images = model.images(data.normalized(pictures[batch])).float()
    chosen = [captions_of(scenes[index]) for index in batch]
    scale = model.logit_scale.exp()
    loss = 0
    for language in range(2):
        captions = [pair[language] for pair in chosen]
        ids = [tokenizer.encode(caption["text"], 32, DROPOUT) for caption in captions]
        told = torch.tensor([data.told(scenes[index], caption) for index, caption in zip(batch, captions)])
        with half():
            vectors = model.texts(data.padded(ids, tokenizer.end)).float()
        logits = scale * images @ vectors.T  # [pictures, captions]
        loss = loss + contrast(logits, data.true_of(told, shown)) / 2
    helped = sum(F.cross_entropy(head(images * 10), shown[:, index]) for index, head in enumerate(heads))
    optimizer.zero_grad()
    (loss + 0.1 * helped).backward()
    nn.utils.clip_grad_norm_(weights, 1.0)
    optimizer.step()
    with torch.no_grad():
        model.logit_scale.clamp_(0, math.log(100))

    average = loss.item() if average is None else 0.98 * average + 0.02 * loss.item()
    if step % 25 == 24:
        print(f"step {step + 1} loss {average:.3f} helped {helped.item():.2f} scale {scale.item():.1f} {time.time() - begun:.0f} s", flush=True)
    if step % 200 == 199 or step == options.steps - 1:
        folder.save(options.out, config, model, tokenizer)
