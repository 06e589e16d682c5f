"""Prints the model card's table: python3 evaluate.py MODEL PICTURES, with pictures that it was not trained on."""

import pathlib
import random
import sys

import numpy
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
    "subject": "a {}",
    "color": "a {} {subject}",
    "place": {
        "grass": "a {subject} on grass",
        "snow": "a {subject} in the snow",
        "beach": "a {subject} on the beach",
        "night": "a {subject} at night",
        "yellow": "a {subject} on a yellow background",
        "blue": "a {subject} on a blue background",
        "pink": "a {subject} on a pink background",
    },
    "count": {1: "a {subject}", 2: "two {plural}", 3: "three {plural}"},
    "size": {"small": "a small {subject}", "big": "a big {subject}"},
    "side": {"left": "a {subject} on the left", "right": "a {subject} on the right"},
}


def prompt(scene, pattern, value):
    pattern = pattern[value] if isinstance(pattern, dict) else pattern
    subject = scene["subject"]
    return pattern.format(value, subject=subject, plural=subject if subject == "fish" else subject + "s")


vector_of = {}
for kind in ("seen", "unseen color"):
    cells = []
    for name, pattern in PROMPTS.items():
        values = list(pattern) if isinstance(pattern, dict) else data.ATTRIBUTES[name]
        right = total = 0
        for index, scene in enumerate(scenes):
            if data.split(scene) != kind or scene[name] not in values:
                continue
            prompts = tuple(prompt(scene, pattern, value) for value in values)
            if prompts not in vector_of:
                vector_of[prompts] = text_vectors(list(prompts))
            right += values[(vector_of[prompts] @ images[index]).argmax()] == scene[name]
            total += 1
        cells.append(f"{100 * right / total:.1f}")
    print(f"| {kind} | " + " | ".join(cells) + " |")
print("| by chance | " + " | ".join(
    f"{100 / (len(pattern) if isinstance(pattern, dict) else len(data.ATTRIBUTES[name])):.1f}" for name, pattern in PROMPTS.items()
) + " |")

# The lecture's experiment on the lessons' two pictures; resized as preprocessing does, shortest side first, then cropped.
lesson = pathlib.Path(__file__).parents[3] / "data" / "pictures"
two = vectors(lambda some: model.images(data.normalized(some)), numpy.stack([data.pixels(lesson / f"{name}.png") for name in ("dog", "cat")]))
texts = ["A dog on grass", "Brown cat on yellow background", "풀밭 위의 개", "노란 배경의 갈색 고양이"]
print("\n| cosine | " + " | ".join(texts) + " |\n|---|" + "---|" * len(texts))
for name, row in zip(("dog.png", "cat.png"), (two @ text_vectors(texts).T).tolist()):
    print(f"| {name} | " + " | ".join(f"{cosine:.3f}" for cosine in row) + " |")
