"""Prints the model card's table: python3 evaluate.py MODEL PICTURES, with pictures that it was not trained on."""

import collections
import pathlib
import random
import sys

import torch

import data
import folder

CANDIDATES = 100
model, tokenizer = folder.load(pathlib.Path(sys.argv[1]))
pictures = pathlib.Path(sys.argv[2])
torch.set_num_threads(2)
scenes = data.read(pictures)
pixels = data.all_pixels(pictures, scenes)


def vectors(of, rows):
    with torch.no_grad():
        return torch.cat([of(rows[start : start + 200]) for start in range(0, len(rows), 200)])


def text_vectors(texts):
    return vectors(lambda some: model.texts(data.padded([tokenizer.encode(text, 32) for text in some], tokenizer.end)), texts)


def rounds(indices):
    """Hundreds of pictures, no two of which have the same caption."""
    indices = list(indices)
    random.Random(1).shuffle(indices)
    for _ in range(len(indices) // CANDIDATES):
        chosen, seen, left = [], set(), []
        for index in indices:
            key = tuple(data.shown(scenes[index]))
            fresh = len(chosen) < CANDIDATES and key not in seen
            (chosen if fresh else left).append(index)
            seen.add(key)
        if len(chosen) < CANDIDATES:
            return
        yield torch.tensor(chosen)
        indices = left


images = vectors(lambda some: model.images(data.normalized(some)), pixels)
captions = [text_vectors([scene["captions"][language]["text"] for scene in scenes]) for language in range(2)]
print(f"logit scale {model.logit_scale.exp().item():.1f}\n")
print("| top-1 of 100, % | caption -> picture | picture -> caption | 캡션 -> 그림 | 그림 -> 캡션 | hundreds |")
print("|---|---|---|---|---|---|")
for kind in ("seen", "unseen color", "unseen place"):
    right, total = [0, 0, 0, 0], 0
    for chosen in rounds(index for index, scene in enumerate(scenes) if data.split(scene) == kind):
        for language in range(2):
            cosines = images[chosen] @ captions[language][chosen].T  # [pictures, captions]
            answers = torch.arange(CANDIDATES)
            right[2 * language] += (cosines.argmax(0) == answers).sum().item()
            right[2 * language + 1] += (cosines.argmax(1) == answers).sum().item()
        total += CANDIDATES
    print(f"| {kind} | " + " | ".join(f"{100 * count / total:.1f}" for count in right) + f" | {total // CANDIDATES} |")

print("\n| chosen by words alone, % right | " + " | ".join(data.ATTRIBUTES) + " |")
print("|---|" + "---|" * len(data.ATTRIBUTES))
PROMPTS = {
    "en": {
        "subject": "a {}",
        "color": "a {} {subject}",
        "place": {"grass": "a {subject} on grass", "snow": "a {subject} in the snow", "beach": "a {subject} on the beach",
                  "night": "a {subject} at night", "yellow": "a {subject} on a yellow background",
                  "blue": "a {subject} on a blue background", "pink": "a {subject} on a pink background"},
        "count": {1: "one {subject}", 2: "two {plural}", 3: "three {plural}"},
        "size": {"medium": "a {subject}", "small": "a small {subject}", "big": "a big {subject}"},
        "side": {"middle": "a {subject}", "left": "a {subject} on the left", "right": "a {subject} on the right"},
    },
}


def prompt(scene, name, value):
    pattern = PROMPTS["en"][name]
    pattern = pattern[value] if isinstance(pattern, dict) else pattern
    subject = scene["subject"]
    return pattern.format(value, subject=subject, plural=subject if subject == "fish" else subject + "s")


known = {}
for kind in ("seen", "unseen color"):
    cells = []
    for name, values in data.ATTRIBUTES.items():
        right = collections.Counter()
        for index, scene in enumerate(scenes):
            if data.split(scene) != kind or (name == "side" and scene["count"] > 1):
                continue
            choices = tuple(prompt(scene, name, value) for value in values)
            if choices not in known:
                known[choices] = text_vectors(list(choices))
            right[values[(known[choices] @ images[index]).argmax()] == scene[name]] += 1
        cells.append(f"{100 * right[True] / right.total():.1f}")
    print(f"| {kind} | " + " | ".join(cells) + " |")
