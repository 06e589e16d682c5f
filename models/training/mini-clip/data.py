"""The drawn pictures as the model sees them, and which of them it never sees in training."""

import json

import numpy
import torch
from PIL import Image

SIZE = 64
MEAN = (0.48145466, 0.4578275, 0.40821073)  # CLIP's own
DEVIATION = (0.26862954, 0.26130258, 0.27577711)

ATTRIBUTES = {
    "subject": ["dog", "cat", "bird", "fish", "tree", "house", "car"],
    "color": ["brown", "black", "white", "gray", "orange", "yellow", "red", "blue", "green"],
    "place": ["grass", "snow", "beach", "night", "yellow", "blue", "pink"],
    "count": [1, 2, 3],
    "size": ["medium", "small", "big"],
    "side": ["middle", "left", "right"],
}
ANY, MANY = -1, -2  # what a caption leaves open; an English plural without a number

# Training never meets these pairs, though it meets each of their halves with everything else.
UNSEEN_COLORS = {
    ("dog", "blue"), ("cat", "green"), ("bird", "gray"), ("fish", "brown"),
    ("tree", "black"), ("house", "orange"), ("car", "white"),
}
UNSEEN_PLACES = {("fish", "snow"), ("bird", "pink"), ("car", "beach")}


def split(scene):
    if (scene["subject"], scene["color"]) in UNSEEN_COLORS:
        return "unseen color"
    if (scene["subject"], scene["place"]) in UNSEEN_PLACES:
        return "unseen place"
    return "seen"


def read(folder):
    with open(folder / "pictures.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def shown(scene):
    """The scene as six numbers, in the order of ATTRIBUTES."""
    return [values.index(scene[name]) for name, values in ATTRIBUTES.items()]


def told(scene, caption):
    """The same for a caption, which may leave some open."""
    numbers = shown(scene)
    for index, name in enumerate(ATTRIBUTES):
        if name != "subject" and name not in caption["told"]:
            numbers[index] = ANY
    if caption["language"] == "en" and "count" not in caption["told"]:
        numbers[3] = 0 if scene["count"] == 1 else MANY
    return numbers


def true_of(captions, scenes):
    """Whether each caption [captions, 6] is true of each scene [scenes, 6]: [scenes, captions]."""
    captions, scenes = captions[None], scenes[:, None]
    many = (captions == MANY) & (scenes > 0)
    return ((captions == scenes) | (captions == ANY) | many).all(-1)


def pixels(path):
    """As preprocessor_config.json tells: the shortest side to 64 by Pillow's bicubic, then the middle: [64, 64, 3]."""
    with Image.open(path) as picture:
        picture = picture.convert("RGB")
        width, height = picture.size
        short = min(width, height)
        width, height = SIZE * width // short, SIZE * height // short
        left, top = (width - SIZE) // 2, (height - SIZE) // 2
        return numpy.asarray(picture.resize((width, height), Image.BICUBIC).crop((left, top, left + SIZE, top + SIZE)))


def all_pixels(folder, scenes):
    """[pictures, 64, 64, 3] of bytes, kept in a file beside them."""
    kept = folder / "pixels.npy"
    if not kept.exists():
        numpy.save(kept, numpy.stack([pixels(folder / scene["file"]) for scene in scenes]))
    return numpy.load(kept, mmap_mode="r")


def normalized(batch):
    """[batch, 3, 64, 64] from bytes [batch, 64, 64, 3]."""
    values = torch.from_numpy(numpy.array(batch)).permute(0, 3, 1, 2).float() / 255
    return (values - torch.tensor(MEAN)[:, None, None]) / torch.tensor(DEVIATION)[:, None, None]


def padded(ids, end):
    """CLIP pads with the end token; the model reads no further than the first of them."""
    length = max(len(row) for row in ids)
    return torch.tensor([row + [end] * (length - len(row)) for row in ids])
