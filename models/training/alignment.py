"""What a cross-encoder begins with: a first layer that aligns its two texts, set by hand.

A few thousand graded pairs do not teach attention to look from one text to the other, and without that a cross-encoder is worse
than the bi-encoder that it began as. So its first layer is given what is known to work, in weights that training then changes like
all others: each token looks for its like in the other text, and what it finds is subtracted (the soft alignment of Parikh et al.
2016). What is left of a token is what the other text lacks.
"""

import torch

from bert import pad

SHARP, ACROSS = 10.0, 5.0  # how much more a token's like weighs than chance, and the other text than its own; powers of e
TAKEN = 0.7  # how much of what was found is subtracted


@torch.no_grad()
def align(body, rows):
    """Sets the first layer's attention; rows of (ids, types) of pairs of texts show it what tokens look like.

    Each head compares in directions of its own, chosen at random; its last number tells the texts apart.
    """
    body.eval()
    size, heads, hidden = body.config.hidden // body.config.heads, body.config.heads, body.config.hidden
    tell_texts_apart(body, rows)
    x, types = tokens(body, rows)
    mean = x.mean(0)
    w, b = reader(x, types)
    directions, _ = torch.linalg.qr(torch.randn(hidden, hidden).to(x.device))
    n = w / w.norm()
    directions = directions - (directions @ n)[:, None] * n  # which text it is of is no likeness
    attention = body.layers[0].attention
    for parameter in (attention.qkv.weight, attention.qkv.bias, attention.output.weight, attention.output.bias):
        parameter.zero_()
    weight, bias = attention.qkv.weight.view(3, heads, size, hidden), attention.qkv.bias.view(3, heads, size)
    across = (ACROSS * size**0.5) ** 0.5
    for head in range(heads):
        mine = directions[head * (size - 1) : (head + 1) * (size - 1)]
        sharp = (SHARP * size**0.5 / ((x - mean) @ mine.T).pow(2).sum(1).mean()) ** 0.5
        for which, sign in ((0, 1), (1, -1)):  # queries and keys
            weight[which, head, :-1], bias[which, head, :-1] = sharp * mine, -sharp * mine @ mean
            weight[which, head, -1], bias[which, head, -1] = sign * across * w, sign * across * b
        weight[2, head, :-1], bias[2, head, :-1] = mine, -mine @ mean
        attention.output.weight[:, head * size : (head + 1) * size - 1] = -TAKEN * mine.T


def tell_texts_apart(body, rows):
    """A bi-encoder sees no second text: its type is set to differ where words differ least."""
    words = body.words(torch.cat([torch.tensor(ids, device=body.words.weight.device) for ids, _ in rows]))
    least = torch.linalg.eigh(torch.cov(words.T))[1][:, 0]
    body.types.weight[1] = body.types.weight[0] + 8 * words.std() * least


def tokens(body, rows):
    """All tokens as the first layer gets them [tokens, hidden], and the text that each is of, 0 or 1."""
    ids, types, mask = pad(rows)
    x = body.norm(body.words(ids) + body.positions.weight[: ids.shape[1]] + body.types(types))
    return x[mask.bool()], types[mask.bool()]


def reader(x, types):
    """w and b: x w + b is -1 in the mean of the first text's tokens and 1 in the second's; by least squares."""
    mean, sign = x.mean(0), 2.0 * types - 1
    centred = x - mean
    ridge = 0.01 * torch.eye(x.shape[1], device=x.device)
    w = torch.linalg.solve(centred.T @ centred / len(x) + ridge, centred.T @ (sign - sign.mean()) / len(x))
    told = centred @ w
    low, high = told[types == 0].mean(), told[types == 1].mean()
    scale = 2 / (high - low)
    return w * scale, -1 - (low + mean @ w) * scale
