"""BERT (Devlin et al. 2018), with the names that Hugging Face gives its weights."""

import json
import math
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Config:
    def __init__(self, vocabulary, hidden=256, layers=4, heads=4, positions=64, dropout=0.1):
        self.vocabulary, self.hidden, self.layers, self.heads = vocabulary, hidden, layers, heads
        self.intermediate, self.positions, self.dropout = 4 * hidden, positions, dropout


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads = config.heads
        # One product instead of three; export.py takes it apart again.
        self.qkv = nn.Linear(config.hidden, 3 * config.hidden)
        self.output = nn.Linear(config.hidden, config.hidden)
        self.norm = nn.LayerNorm(config.hidden, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x, mask):  # x [batch, tokens, hidden], mask [batch, 1, 1, tokens]
        batch, tokens, hidden = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(hidden // self.heads) + mask  # [batch, heads, tokens, tokens]
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(batch, tokens, hidden)
        return self.norm(x + self.dropout(self.output(mixed)))


class Layer(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.attention = Attention(config)
        self.up = nn.Linear(config.hidden, config.intermediate)
        self.down = nn.Linear(config.intermediate, config.hidden)
        self.norm = nn.LayerNorm(config.hidden, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x, mask):
        x = self.attention(x, mask)
        return self.norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Bert(nn.Module):
    """Ids to token embeddings: [batch, tokens] to [batch, tokens, hidden]."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.words = nn.Embedding(config.vocabulary, config.hidden)
        self.positions = nn.Embedding(config.positions, config.hidden)
        self.types = nn.Embedding(2, config.hidden)
        self.norm = nn.LayerNorm(config.hidden, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.apply(self.initialize)

    @staticmethod
    def initialize(module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, std=0.02)
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)

    def forward(self, ids, types, mask=None):
        """mask [batch, tokens] is 1 for a token and 0 for padding; None where there is no padding."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.types(types)
        x = self.dropout(self.norm(x))
        added = 0.0 if mask is None else (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            x = layer(x, added)
        return x

    def hugging_face_names(self):
        """The weights as BertModel calls them."""
        state = {}

        def add(name, module):
            state[name + ".weight"] = module.weight
            if getattr(module, "bias", None) is not None:
                state[name + ".bias"] = module.bias

        add("embeddings.word_embeddings", self.words)
        add("embeddings.position_embeddings", self.positions)
        add("embeddings.token_type_embeddings", self.types)
        add("embeddings.LayerNorm", self.norm)
        for i, layer in enumerate(self.layers):
            prefix = f"encoder.layer.{i}."
            weights, biases = layer.attention.qkv.weight.chunk(3), layer.attention.qkv.bias.chunk(3)
            for name, weight, bias in zip(("query", "key", "value"), weights, biases):
                state[f"{prefix}attention.self.{name}.weight"] = weight
                state[f"{prefix}attention.self.{name}.bias"] = bias
            add(prefix + "attention.output.dense", layer.attention.output)
            add(prefix + "attention.output.LayerNorm", layer.attention.norm)
            add(prefix + "intermediate.dense", layer.up)
            add(prefix + "output.dense", layer.down)
            add(prefix + "output.LayerNorm", layer.norm)
        return {name: weight.detach().clone() for name, weight in state.items()}


class Head(nn.Module):
    """BertForSequenceClassification's: the pooler, and one logit; [batch, hidden] to [batch, 1]."""

    def __init__(self, hidden, dropout=0.1):
        super().__init__()
        self.pooler, self.classifier = nn.Linear(hidden, hidden), nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, first):
        return self.classifier(self.dropout(torch.tanh(self.pooler(first))))


def pad(rows):
    """Rows of (ids, types) as tensors: ids, types and mask, [batch, tokens]."""
    longest = max(len(ids) for ids, _ in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for i, (row, kinds) in enumerate(rows):
        ids[i, : len(row)] = torch.as_tensor(row)
        types[i, : len(row)] = torch.as_tensor(kinds)
        mask[i, : len(row)] = 1
    return ids.to(DEVICE), types.to(DEVICE), mask.to(DEVICE)


def in_parts(rows, run, size=32):
    """run(ids, types, mask) of rows about equally long, so that little is padding; the results in the order of the rows."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    parts = [run(*pad([rows[i] for i in order[start : start + size]])) for start in range(0, len(order), size)]
    return torch.cat(parts)[torch.tensor(order).argsort().to(DEVICE)]


def half_precision():
    """Matrix products in bfloat16 take half the time; sums, norms and losses stay in single precision."""
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16)


def save(model, path, **more):
    """Writes a checkpoint in one step, so that a cut leaves the one before."""
    path = Path(path)
    torch.save({"model": model.state_dict(), "config": vars(model.config), **more}, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def load(path, dropout=0.1):
    """The body of a checkpoint, and the rest of what it holds."""
    checkpoint = torch.load(path, map_location=DEVICE)
    sizes = {name: checkpoint["config"][name] for name in ("vocabulary", "hidden", "layers", "heads", "positions")}
    model = Bert(Config(**sizes, dropout=dropout))
    model.load_state_dict(checkpoint["model"])
    return model.to(DEVICE), checkpoint


def load_cross(path):
    """The body and the head of a cross-encoder's checkpoint."""
    body, checkpoint = load(path)
    head = Head(body.config.hidden)
    head.load_state_dict(checkpoint["head"])
    return body, head.to(DEVICE)
