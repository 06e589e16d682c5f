"""What a cross-encoder begins with: two layers that compare its two texts, set by hand.

A few thousand graded pairs do not teach attention to look from one text to the other, and without that a cross-encoder is worse
than the bi-encoder that it began as. So the first two layers are given what is known to work, in weights that training then
changes like all others:

* The first looks from each token for its like in the other text, and subtracts it (the soft alignment of Parikh et al. 2016):
  what is left of a token is what the other text lacks.
* The second takes the mean of each text, subtracts one from the other, and adds up how far they are apart: a bi-encoder's
  distance, in one more number of every token.
"""

import torch
from torch.nn import functional as F

from bert import pad

SHARP, ACROSS = 10.0, 5.0  # how much more a token's like weighs than chance, and the other text than its own; powers of e
TAKEN = 0.7  # how much of what was found is subtracted
APART = 1.5  # how much the difference of the means weighs beside a token
STEEP = 2.0  # from where on a difference counts by its size instead of its square; in standard deviations
SHOWN = 4.0  # the standard deviation of the number that tells the distance; a token's length is 16


@torch.no_grad()
def wire(body, rows):
    """Sets the first two layers; rows of (ids, types) of pairs of texts show them what tokens look like."""
    body.eval()
    size, heads = body.config.hidden // body.config.heads, body.config.heads
    tell_texts_apart(body, rows)
    first, second = body.layers[:2]
    states = inputs(body, rows, 0)
    align(first.attention, *flat(states), size, heads)
    states = inputs(body, rows, 1)
    mine = subtract_means(second.attention, states, size, heads)
    add_up(second, states, mine)


def tell_texts_apart(body, rows):
    """The body never saw a second text: its type is set to differ where words differ least."""
    words = body.words(torch.cat([torch.tensor(ids, device=body.words.weight.device) for ids, _ in rows]))
    least = torch.linalg.eigh(torch.cov(words.T))[1][:, 0]
    body.types.weight[1] = body.types.weight[0] + 8 * words.std() * least


def inputs(body, rows, number):
    """What a layer gets: (x [pairs, tokens, hidden], types, mask, what to add to attention), in parts."""
    parts = []
    for start in range(0, len(rows), 64):
        ids, types, mask = pad(rows[start : start + 64])
        x = body.norm(body.words(ids) + body.positions.weight[: ids.shape[1]] + body.types(types))
        added = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in body.layers[:number]:
            x = layer(x, added)
        parts.append((x, types, mask, added))
    return parts


def flat(parts):
    """All tokens [tokens, hidden], and the text that each is of, 0 or 1."""
    x = torch.cat([x[mask.bool()] for x, _, mask, _ in parts])
    return x, torch.cat([types[mask.bool()] for _, types, mask, _ in parts])


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


def emptied(attention, size, heads):
    """An attention's weights, all zero: of queries, keys and values [3, heads, size, hidden], [3, heads, size], and the output."""
    for parameter in (attention.qkv.weight, attention.qkv.bias, attention.output.weight, attention.output.bias):
        parameter.zero_()
    hidden = attention.qkv.weight.shape[1]
    return attention.qkv.weight.view(3, heads, size, hidden), attention.qkv.bias.view(3, heads, size), attention.output.weight


def align(attention, x, types, size, heads):
    """Each head compares in directions of its own, chosen at random; its last number tells the texts apart."""
    hidden, mean = x.shape[1], x.mean(0)
    w, b = reader(x, types)
    weight, bias, output = emptied(attention, size, heads)
    directions, _ = torch.linalg.qr(torch.randn(hidden, hidden, device=x.device))
    n = w / w.norm()
    directions = directions - (directions @ n)[:, None] * n  # which text it is of is no likeness
    across = (ACROSS * size**0.5) ** 0.5
    for head in range(heads):
        mine = directions[head * (size - 1) : (head + 1) * (size - 1)]
        sharp = (SHARP * size**0.5 / ((x - mean) @ mine.T).pow(2).sum(1).mean()) ** 0.5
        for which, sign in ((0, 1), (1, -1)):
            weight[which, head, :-1], bias[which, head, :-1] = sharp * mine, -sharp * mine @ mean
            weight[which, head, -1], bias[which, head, -1] = sign * across * w, sign * across * b
        weight[2, head, :-1], bias[2, head, :-1] = mine, -mine @ mean
        output[:, head * size : (head + 1) * size - 1] = -TAKEN * mine.T


def subtract_means(attention, parts, size, heads):
    """Even heads take the mean of the first text, odd ones that of the second, in the directions in which texts differ most.

    Gives those directions, [heads / 2 x size, hidden].
    """
    x, types = flat(parts)
    w, b = reader(x, types)
    mean = x.mean(0)

    def means(text):
        return torch.cat([((x * of[:, :, None]).sum(1) / of.sum(1, keepdim=True)) for x, types, mask, _ in parts for of in [mask * (types == text)]])

    second = means(1)
    differences = means(0) - second[torch.randperm(len(second), device=x.device)]
    mine = torch.linalg.eigh(torch.cov(differences.T))[1].T.flip(0)[: heads // 2 * size]
    weight, bias, output = emptied(attention, size, heads)
    for head in range(heads):
        directions, sign = mine[head // 2 :: heads // 2], 1 if head % 2 else -1
        bias[0, head, 0] = ACROSS * size**0.5
        weight[1, head, 0], bias[1, head, 0] = sign * w, sign * b
        weight[2, head], bias[2, head] = directions, -directions @ mean
        output[:, head * size : (head + 1) * size] = -sign * APART * directions.T
    return mine


def add_up(layer, parts, mine):
    """Two opposite units for each direction: gelu(x) + gelu(-x) is a square near nought and a size far from it."""
    count = len(mine)
    after = torch.cat([layer.attention(x, added)[:, 0] for x, _, _, added in parts])  # of [CLS]
    apart = after @ mine.T
    centre, steep = apart.mean(0), STEEP / apart.std(0).mean()
    for units, sign in ((slice(0, count), 1), (slice(count, 2 * count), -1)):
        layer.up.weight[units], layer.up.bias[units] = sign * steep * mine, -sign * steep * centre
    shown = torch.randn(after.shape[1], device=after.device)
    shown -= shown.mean()  # the norm removes a mean
    shown -= mine.T @ (mine @ shown)
    shown /= shown.norm()
    sums = F.gelu(layer.up(after))[:, : 2 * count].sum(1)
    layer.down.weight[:, : 2 * count] = SHOWN / sums.std() * shown[:, None]
    layer.down.bias -= SHOWN / sums.std() * sums.mean() * shown
