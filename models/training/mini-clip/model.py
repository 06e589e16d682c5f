"""CLIP as Hugging Face names it: the state dictionary of CLIP here is the model.safetensors of a CLIPModel folder."""

import math

import torch
from torch import nn
from torch.nn import functional as F

CONFIG = {
    "architectures": ["CLIPModel"],
    "model_type": "clip",
    "projection_dim": 128,
    "logit_scale_init_value": 2.6592,
    "initializer_factor": 1.0,
    "torch_dtype": "float16",
    "text_config": {
        "model_type": "clip_text_model",
        "vocab_size": None,  # known once the tokenizer is learned
        "hidden_size": 128,
        "intermediate_size": 512,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "max_position_embeddings": 32,
        "hidden_act": "quick_gelu",
        "layer_norm_eps": 1e-05,
        "attention_dropout": 0.0,
        "bos_token_id": None,
        "eos_token_id": None,
        "pad_token_id": None,
        "projection_dim": 128,
    },
    "vision_config": {
        "model_type": "clip_vision_model",
        "hidden_size": 128,
        "intermediate_size": 512,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_channels": 3,
        "image_size": 64,
        "patch_size": 8,
        "hidden_act": "quick_gelu",
        "layer_norm_eps": 1e-05,
        "attention_dropout": 0.0,
        "projection_dim": 128,
    },
}


class Attention(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(size, size) for _ in range(4))

    def forward(self, x, mask):
        batch, length, size = x.shape
        split = lambda y: y.view(batch, length, self.heads, -1).transpose(1, 2)  # [batch, heads, length, head size]
        q, k, v = split(self.q_proj(x)), split(self.k_proj(x)), split(self.v_proj(x))
        weights = q @ k.transpose(2, 3) / math.sqrt(size // self.heads)
        if mask is not None:
            weights = weights + mask
        return self.out_proj((weights.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, size))


class Mlp(nn.Module):
    def __init__(self, size, inner):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(size, inner), nn.Linear(inner, size)

    def forward(self, x):
        x = self.fc1(x)
        return self.fc2(x * torch.sigmoid(1.702 * x))  # QuickGELU


class Layer(nn.Module):
    def __init__(self, size, inner, heads):
        super().__init__()
        self.self_attn = Attention(size, heads)
        self.layer_norm1, self.layer_norm2 = nn.LayerNorm(size), nn.LayerNorm(size)
        self.mlp = Mlp(size, inner)

    def forward(self, x, mask):
        x = x + self.self_attn(self.layer_norm1(x), mask)
        return x + self.mlp(self.layer_norm2(x))


class Encoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        size, inner = config["hidden_size"], config["intermediate_size"]
        self.layers = nn.ModuleList(
            Layer(size, inner, config["num_attention_heads"]) for _ in range(config["num_hidden_layers"])
        )

    def forward(self, x, mask=None):
        for layer in self.layers:
            x = layer(x, mask)
        return x


class TextEmbeddings(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.token_embedding = nn.Embedding(config["vocab_size"], config["hidden_size"])
        self.position_embedding = nn.Embedding(config["max_position_embeddings"], config["hidden_size"])

    def forward(self, ids):
        return self.token_embedding(ids) + self.position_embedding.weight[: ids.shape[1]]


class TextModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embeddings = TextEmbeddings(config)
        self.encoder = Encoder(config)
        self.final_layer_norm = nn.LayerNorm(config["hidden_size"])
        self.end = config["eos_token_id"]

    def forward(self, ids):
        length = ids.shape[1]
        causal = torch.full((length, length), -1e9).triu(1)  # a token sees those before it
        x = self.final_layer_norm(self.encoder(self.embeddings(ids), causal))
        first_end = (ids == self.end).int().argmax(1)
        return x[torch.arange(len(ids)), first_end]


class VisionEmbeddings(nn.Module):
    def __init__(self, config):
        super().__init__()
        size, patch = config["hidden_size"], config["patch_size"]
        self.class_embedding = nn.Parameter(torch.zeros(size))
        self.patch_embedding = nn.Conv2d(3, size, patch, patch, bias=False)
        self.position_embedding = nn.Embedding((config["image_size"] // patch) ** 2 + 1, size)

    def forward(self, pixels):
        patches = self.patch_embedding(pixels).flatten(2).transpose(1, 2)  # [batch, patches, size]
        first = self.class_embedding.expand(len(pixels), 1, -1)
        return torch.cat([first, patches], 1) + self.position_embedding.weight


class VisionModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embeddings = VisionEmbeddings(config)
        self.pre_layrnorm = nn.LayerNorm(config["hidden_size"])  # spelled so in every CLIP checkpoint
        self.encoder = Encoder(config)
        self.post_layernorm = nn.LayerNorm(config["hidden_size"])

    def forward(self, pixels):
        x = self.encoder(self.pre_layrnorm(self.embeddings(pixels)))
        return self.post_layernorm(x[:, 0])


class Clip(nn.Module):
    def __init__(self, config):
        super().__init__()
        text, vision, size = config["text_config"], config["vision_config"], config["projection_dim"]
        self.text_model, self.vision_model = TextModel(text), VisionModel(vision)
        self.text_projection = nn.Linear(text["hidden_size"], size, bias=False)
        self.visual_projection = nn.Linear(vision["hidden_size"], size, bias=False)
        self.logit_scale = nn.Parameter(torch.tensor(config["logit_scale_init_value"]))
        for name, weight in self.named_parameters():
            if "embedding" in name:
                nn.init.normal_(weight, std=0.02)
            elif weight.dim() == 2:
                nn.init.normal_(weight, std=weight.shape[1] ** -0.5)
            elif name.endswith("bias"):
                nn.init.zeros_(weight)

    def texts(self, ids):
        return F.normalize(self.text_projection(self.text_model(ids)), dim=-1)

    def images(self, pixels):
        return F.normalize(self.visual_projection(self.vision_model(pixels)), dim=-1)
