"""Writes checkpoints as Hugging Face folders, weights in 16 bits: ko-mini-base, ko-mini and ko-mini-cross.

    python3 export.py --in ../../artifacts/training --base pretrained.pt --bi bi-distilled.pt --cross cross.pt --out ../../artifacts/models
"""

import argparse
import json
import shutil
import struct
from pathlib import Path

import torch

from bert import load

SPECIAL = {"unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]"}


def safetensors(weights, path):
    """The format of Hugging Face: a length, a header in JSON, and the numbers; in the order of the names."""
    header, offset, parts = {}, 0, []
    for name in sorted(weights):
        data = weights[name].detach().to(torch.float16).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(weights[name].shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
        parts.append(data)
    text = json.dumps({"__metadata__": {"format": "pt"}, **header}, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def folder(body, out, vocabulary, architecture, weights, **more):
    out.mkdir(parents=True, exist_ok=True)
    config = body.config
    write(
        out / "config.json",
        {
            "architectures": [architecture],
            "model_type": "bert",
            "vocab_size": config.vocabulary,
            "hidden_size": config.hidden,
            "num_hidden_layers": config.layers,
            "num_attention_heads": config.heads,
            "intermediate_size": config.intermediate,
            "max_position_embeddings": config.positions,
            "type_vocab_size": 2,
            "hidden_act": "gelu",
            "layer_norm_eps": 1e-12,
            "pad_token_id": 0,
            **more,
        },
    )
    write(
        out / "tokenizer_config.json",
        {"tokenizer_class": "BertTokenizer", "do_lower_case": False, "strip_accents": False, "tokenize_chinese_chars": True, "model_max_length": config.positions, **SPECIAL},
    )
    write(out / "special_tokens_map.json", SPECIAL)
    shutil.copyfile(vocabulary, out / "vocab.txt")
    safetensors(weights, out / "model.safetensors")


def pooling(out, config):
    write(
        out / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        ],
    )
    write(out / "sentence_bert_config.json", {"max_seq_length": config.positions, "do_lower_case": False})
    write(out / "1_Pooling" / "config.json", {"word_embedding_dimension": config.hidden, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="folder", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--base", default="pretrained.pt")
    parser.add_argument("--bi", default="bi-distilled.pt")
    parser.add_argument("--cross", default="cross.pt")
    arguments = parser.parse_args()
    source, out = Path(arguments.folder), Path(arguments.out)
    for name, checkpoint in (("ko-mini-base", arguments.base), ("ko-mini", arguments.bi)):
        body, _ = load(source / checkpoint)
        folder(body, out / name, source / "vocab.txt", "BertModel", body.hugging_face_names())
        pooling(out / name, body.config)
    body, checkpoint = load(source / arguments.cross)
    head = checkpoint["head"]
    weights = {f"bert.{name}": weight for name, weight in body.hugging_face_names().items()}
    for name, own in (("bert.pooler.dense", "pooler"), ("classifier", "classifier")):
        weights |= {f"{name}.weight": head[f"{own}.weight"], f"{name}.bias": head[f"{own}.bias"]}
    folder(body, out / "ko-mini-cross", source / "vocab.txt", "BertForSequenceClassification", weights, id2label={"0": "LABEL_0"}, label2id={"LABEL_0": 0})


if __name__ == "__main__":
    main()
