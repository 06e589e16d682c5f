"""BERT in torch, in the batches of sentence-transformers' encode: texts sorted by their characters, 32 at once, padded to the longest.

Arguments: a model folder with model.safetensors, and a JSON file [[characters, [ids]], ...].
Each line on stdin encodes all texts once and answers with the seconds; the ids are given, so that tokenising costs nothing.
"""

import json
import struct
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import torch
import torch.nn.functional as F

folder, texts_file = sys.argv[1:]
config = json.load(open(f"{folder}/config.json"))
heads = config["num_attention_heads"]

weights = {}
data = bytearray(open(f"{folder}/model.safetensors", "rb").read())
(header_size,) = struct.unpack("<q", data[:8])
for name, tensor in json.loads(data[8 : 8 + header_size]).items():
    begin, end = tensor["data_offsets"]
    numbers = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=8 + header_size + begin)
    weights[name] = numbers.view(tensor["shape"])


def linear(x, name):
    return F.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])


def norm(x, name):
    return F.layer_norm(x, x.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"], config["layer_norm_eps"])


def split(x):  # [batch, tokens, width] to [batch, heads, tokens, width / heads]
    return x.view(*x.shape[:2], heads, -1).transpose(1, 2)


def forward(ids, mask):  # [batch, tokens]
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.token_type_embeddings.weight"][0]
    x = norm(x + weights["embeddings.position_embeddings.weight"][: ids.shape[1]], "embeddings.LayerNorm")
    hidden = (1 - mask)[:, None, None, :] * torch.finfo(torch.float32).min
    for layer in range(config["num_hidden_layers"]):
        name = f"encoder.layer.{layer}"
        query, key, value = (split(linear(x, f"{name}.attention.self.{part}")) for part in ("query", "key", "value"))
        scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5 + hidden
        context = (F.softmax(scores, dim=-1) @ value).transpose(1, 2).reshape(x.shape)
        x = norm(linear(context, f"{name}.attention.output.dense") + x, f"{name}.attention.output.LayerNorm")
        inner = F.gelu(linear(x, f"{name}.intermediate.dense"))
        x = norm(linear(inner, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")
    mask = mask[:, :, None]
    return (x * mask).sum(1) / mask.sum(1)


def encode(texts):
    texts = sorted(texts, key=lambda text: -text[0])
    for start in range(0, len(texts), 32):
        rows = [text[1] for text in texts[start : start + 32]]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])
        vectors = forward(ids, mask)
    return vectors


with torch.inference_mode():
    texts = json.load(open(texts_file))
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        encode(texts)
        print(time.perf_counter() - start, flush=True)
