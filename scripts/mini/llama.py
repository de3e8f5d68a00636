"""A Llama that is quick to train on a CPU: a batch of short texts behind one shared prefix.

The same computation as LlamaForCausalLM of Hugging Face transformers, with the same parameter names; what differs
is that the prefix's keys and values are those of one sequence, never copied for each row of the batch.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn.functional import linear, rms_norm, silu

EPSILON = 1e-5
INITIAL_DEVIATION = 0.04


@dataclass(frozen=True)
class Rope:
    """The rotary embedding and its scaling, as that of Llama 3.1."""

    theta: float = 500000.0
    factor: float = 8.0
    low_freq_factor: float = 1.0
    high_freq_factor: float = 4.0
    original_max_position_embeddings: int = 2048

    def frequencies(self, size):
        """The angle of each pair of dimensions per position."""
        plain = self.theta ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
        turns = self.original_max_position_embeddings * plain / (2 * math.pi)
        smooth = (turns - self.low_freq_factor) / (self.high_freq_factor - self.low_freq_factor)
        smooth = smooth.clamp(0, 1)
        return ((1 - smooth) * plain / self.factor + smooth * plain).float()


@dataclass(frozen=True)
class Shape:
    """What the checkpoint measures."""

    vocabulary: int
    hidden: int
    intermediate: int
    layers: int
    heads: int
    kv_heads: int
    head: int

    @property
    def groups(self):
        """Query heads for each key-value head."""
        return self.heads // self.kv_heads


class Layer(nn.Module):
    """One transformer layer: grouped-query attention and a gated feed-forward block."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        hidden, queries, keys = shape.hidden, shape.heads * shape.head, shape.kv_heads * shape.head
        self.self_attn = nn.ModuleDict({
            "q_proj": nn.Linear(hidden, queries, bias=False),
            "k_proj": nn.Linear(hidden, keys, bias=False),
            "v_proj": nn.Linear(hidden, keys, bias=False),
            "o_proj": nn.Linear(queries, hidden, bias=False),
        })
        self.mlp = nn.ModuleDict({
            "gate_proj": nn.Linear(hidden, shape.intermediate, bias=False),
            "up_proj": nn.Linear(hidden, shape.intermediate, bias=False),
            "down_proj": nn.Linear(shape.intermediate, hidden, bias=False),
        })
        self.input_layernorm = Norm(hidden)
        self.post_attention_layernorm = Norm(hidden)

    def forward(self, x, past, rotation):
        attended, present = self.attention(self.input_layernorm(x), past, rotation)
        x = x + attended
        normed = self.post_attention_layernorm(x)
        mlp = self.mlp
        return x + mlp["down_proj"](silu(mlp["gate_proj"](normed)) * mlp["up_proj"](normed)), present

    def attention(self, x, past, rotation):
        """Attention to the prefix (`past`: keys and values [kv heads, length, head size]) and to earlier tokens."""
        shape = self.shape
        batch, length, _ = x.shape
        groups = shape.groups
        query, key, value = (self.self_attn[name](x) for name in ("q_proj", "k_proj", "v_proj"))
        query = rotated(query.view(batch, length, shape.heads, shape.head).transpose(1, 2), rotation)
        key = rotated(key.view(batch, length, shape.kv_heads, shape.head).transpose(1, 2), rotation)
        value = value.view(batch, length, shape.kv_heads, shape.head).transpose(1, 2)
        query = query.reshape(batch, shape.kv_heads, groups * length, shape.head) * shape.head**-0.5
        own = (query @ key.transpose(2, 3)).view(batch, shape.kv_heads, groups, length, length)
        hidden_future = torch.ones(length, length, dtype=torch.bool).triu(1)
        own = own.float().masked_fill(hidden_future, float("-inf")).view(batch, shape.kv_heads, groups * length, length)
        if past is None:
            mixed = own.softmax(-1).to(value.dtype) @ value
        else:
            rows = query.transpose(0, 1).reshape(shape.kv_heads, batch * groups * length, shape.head)
            shared = (rows @ past[0].transpose(1, 2)).view(shape.kv_heads, batch, groups * length, -1).transpose(0, 1)
            weights = torch.cat([shared.float(), own], -1).softmax(-1).to(value.dtype)
            on_past, on_own = weights.split([shared.shape[-1], length], -1)
            on_past = on_past.transpose(0, 1).reshape(shape.kv_heads, batch * groups * length, -1)
            mixed = (on_past @ past[1]).view(shape.kv_heads, batch, groups * length, -1).transpose(0, 1)
            mixed = mixed + on_own @ value
        mixed = mixed.reshape(batch, shape.heads, length, shape.head).transpose(1, 2).reshape(batch, length, -1)
        return self.self_attn["o_proj"](mixed), (key[0], value[0])


class Norm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return rms_norm(x.float(), self.weight.shape, self.weight, EPSILON)


class Llama(nn.Module):
    """The whole model; output weights are those of the embedding.

    Where `answers` is given, embeddings learn as output weights for these tokens only: Adam turns the least gradient
    into a whole step, so that a softmax over the vocabulary would move what every word means at every step.
    """

    def __init__(self, shape, rope=Rope(), answers=None):
        super().__init__()
        self.shape, self.rope = shape, rope
        self.answers, self.learns = answers, None
        if answers is not None:
            self.learns = torch.zeros(shape.vocabulary, 1, dtype=torch.bool)
            self.learns[answers] = True
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.hidden)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.hidden)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                depth = math.sqrt(2 * shape.layers) if name.endswith(("o_proj.weight", "down_proj.weight")) else 1.0
                nn.init.normal_(parameter, std=INITIAL_DEVIATION / depth)

    def round(self):
        """Rounds the weights to what is saved of them."""
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.copy_(parameter.to(torch.bfloat16))

    def prefix(self, ids):
        """Keys and values of a prefix, layer by layer."""
        return self.run(torch.tensor([ids]), None)[1]

    def forward(self, ids, prefix):
        """Final hidden states [batch, length, hidden] of texts that stand behind the prefix."""
        return self.run(ids, prefix)[0]

    def run(self, ids, past):
        start = past[0][0].shape[1] if past else 0
        angles = torch.outer(torch.arange(start, start + ids.shape[1]).float(), self.rope.frequencies(self.shape.head))
        rotation = (angles.cos(), angles.sin())
        x, presents = self.embed_tokens(ids), []
        for number, layer in enumerate(self.layers):
            x, present = layer(x, past[number] if past else None, rotation)
            presents.append(present)
        return self.norm(x), presents

    def logits(self, hidden):
        weight = self.embed_tokens.weight
        if self.learns is not None:
            weight = torch.where(self.learns, weight, weight.detach())
        return linear(hidden, weight).float()

    def save(self, directory, begin, end):
        """Writes `config.json` and `model.safetensors` in bf16, in the ordinary layout."""
        directory = Path(directory)
        directory.mkdir(parents=True, exist_ok=True)
        tensors = {f"model.{name}": tensor.to(torch.bfloat16).contiguous() for name, tensor in self.state_dict().items()}
        save_file(tensors, directory / "model.safetensors", metadata={"format": "pt"})
        text = json.dumps(self.config(begin, end), indent=2)
        (directory / "config.json").write_text(text + "\n", encoding="utf-8")

    def config(self, begin, end):
        scaling = asdict(self.rope)
        theta = scaling.pop("theta")
        return {
            "architectures": ["LlamaForCausalLM"],
            "attention_bias": False,
            "bos_token_id": begin,
            "eos_token_id": end,
            "head_dim": self.shape.head,
            "hidden_act": "silu",
            "hidden_size": self.shape.hidden,
            "intermediate_size": self.shape.intermediate,
            "max_position_embeddings": 16384,
            "mlp_bias": False,
            "model_type": "llama",
            "num_attention_heads": self.shape.heads,
            "num_hidden_layers": self.shape.layers,
            "num_key_value_heads": self.shape.kv_heads,
            "rms_norm_eps": EPSILON,
            "rope_scaling": {"rope_type": "llama3", **scaling},
            "rope_theta": theta,
            "tie_word_embeddings": True,
            "torch_dtype": "bfloat16",
            "vocab_size": self.shape.vocabulary,
        }


def rotated(x, rotation):
    """Rotary position embedding of [batch, heads, length, head size], halves paired."""
    cosine, sine = rotation
    first, second = x.float().chunk(2, -1)
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], -1).to(x.dtype)
