"""Writes and reads a CLIPModel folder."""

import json
import struct

import numpy
import torch

import bpe
import data
from model import Clip


def save(out, config, model, tokenizer):
    out.mkdir(parents=True, exist_ok=True)
    bpe.write(out / "config.json", config)
    bpe.write(out / "preprocessor_config.json", {
        "image_processor_type": "CLIPImageProcessor",
        "do_convert_rgb": True,
        "do_resize": True, "size": {"shortest_edge": data.SIZE}, "resample": 3,
        "do_center_crop": True, "crop_size": {"height": data.SIZE, "width": data.SIZE},
        "do_rescale": True, "rescale_factor": 1 / 255,
        "do_normalize": True, "image_mean": data.MEAN, "image_std": data.DEVIATION,
    })
    tokenizer.save(out, config["text_config"]["max_position_embeddings"])
    write_safetensors(out / "model.safetensors", model.state_dict())


def write_safetensors(path, weights):
    header, blocks, offset = {"__metadata__": {"format": "pt"}}, [], 0
    for name in sorted(weights):
        block = weights[name].numpy().astype("<f2").tobytes()
        header[name] = {"dtype": "F16", "shape": list(weights[name].shape), "data_offsets": [offset, offset + len(block)]}
        offset += len(block)
        blocks.append(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blocks))


def load(path):
    """The model with the weights as the folder has them, and its tokenizer."""
    model = Clip(json.loads((path / "config.json").read_text()))
    content = (path / "model.safetensors").read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    header, block = json.loads(content[8 : 8 + length]), content[8 + length :]
    weights = {
        name: torch.from_numpy(
            numpy.frombuffer(block[slice(*entry["data_offsets"])], "<f2").astype("f4").reshape(entry["shape"])
        )
        for name, entry in header.items()
        if name != "__metadata__"
    }
    model.load_state_dict(weights)
    return model.eval(), bpe.load(path / "tokenizer.json")
