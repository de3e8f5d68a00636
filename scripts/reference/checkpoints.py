"""The checkpoints that the parity fixtures are made of.

Together they cover what differs between Llama checkpoints in the wild: how heads are grouped, whether the
output layer is tied, the stored type, sharding, and the three ways in which a config.json has spelled its
rotary embedding over the years.
"""

from copy import deepcopy
from dataclasses import dataclass

from make_tokenizer import BASE_VOCABULARY, SPECIAL_TOKENS

TOKENIZER_VOCABULARY = BASE_VOCABULARY + SPECIAL_TOKENS
SMALL_VOCABULARY = 320
"""Enough where a case needs no tokenizer: the cases are token ids."""

MAX_POSITIONS = 256
ORIGINAL_POSITIONS = 64
"""Small, so that the llama3 scaling already bends the frequencies at the lengths of the cases."""


def llama3_scaling(factor):
    """The rope scaling of Llama 3.1 and later, in the key order of its config.json."""
    return {
        "factor": factor,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": ORIGINAL_POSITIONS,
        "rope_type": "llama3",
    }


@dataclass(frozen=True)
class Checkpoint:
    """One checkpoint: its folder name, the differing part of its config.json, and how it is stored."""

    name: str
    seed: int
    config: dict
    dtype: str = "float32"
    max_shard_size: str = "1MB"
    dropped_keys: tuple = ()
    """Keys that the config.json of the day did not have yet."""

    def config_json(self):
        """The whole config.json, keys sorted as transformers writes them.

        A deep copy each time: transformers 5 adds rope_theta to the rope_scaling it is handed.
        """
        type_key = "dtype" if "rope_parameters" in self.config else "torch_dtype"
        merged = {**COMMON_CONFIG, **self.config, type_key: self.dtype}
        return deepcopy({key: merged[key] for key in sorted(merged) if key not in self.dropped_keys})


COMMON_CONFIG = {
    "architectures": ["LlamaForCausalLM"],
    "attention_bias": False,
    "attention_dropout": 0.0,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "hidden_act": "silu",
    "hidden_size": 64,
    "initializer_range": 0.02,
    "intermediate_size": 96,
    "max_position_embeddings": MAX_POSITIONS,
    "mlp_bias": False,
    "model_type": "llama",
    "num_attention_heads": 4,
    "num_hidden_layers": 2,
    "num_key_value_heads": 2,
    "pretraining_tp": 1,
    "rms_norm_eps": 1e-05,
    "tie_word_embeddings": False,
    "transformers_version": "4.43.0",
    "use_cache": True,
    "vocab_size": SMALL_VOCABULARY,
}

CHECKPOINTS = [
    # Llama 3 (not 3.1): rope_theta alone, rope_scaling null.
    Checkpoint(
        name="grouped-query-fp32",
        seed=1,
        config={"rope_scaling": None, "rope_theta": 500000.0, "transformers_version": "4.40.0"},
    ),
    # The first Llama: as many key-value heads as query heads, without the keys that came later.
    Checkpoint(
        name="multi-head-fp16",
        seed=2,
        dtype="float16",
        config={
            "hidden_size": 48,
            "intermediate_size": 80,
            "num_attention_heads": 3,
            "num_key_value_heads": 3,
            "rms_norm_eps": 1e-06,
            "transformers_version": "4.28.0",
        },
        dropped_keys=("num_key_value_heads", "attention_bias", "attention_dropout", "mlp_bias", "pretraining_tp"),
    ),
    # One key-value head, several shards, and an epsilon large enough to be seen when it is ignored.
    Checkpoint(
        name="multi-query-sharded-fp32",
        seed=3,
        max_shard_size="120KB",
        config={
            "num_key_value_heads": 1,
            "rms_norm_eps": 0.01,
            "rope_scaling": None,
            "rope_theta": 10000.0,
            "transformers_version": "4.40.0",
        },
    ),
    # Llama 3.1 8B in small: bfloat16, untied, grouped queries, llama3 scaling in the old spelling.
    Checkpoint(
        name="llama31-bf16",
        seed=4,
        dtype="bfloat16",
        config={
            "bos_token_id": BASE_VOCABULARY,
            "eos_token_id": BASE_VOCABULARY + 1,
            "num_hidden_layers": 3,
            "rope_scaling": llama3_scaling(8.0),
            "rope_theta": 500000.0,
            "vocab_size": TOKENIZER_VOCABULARY,
        },
    ),
    # Llama 3.2 1B in small: tied and sharded, a larger factor, several end tokens, head_dim spelled out.
    Checkpoint(
        name="llama32-tied-sharded-bf16",
        seed=5,
        dtype="bfloat16",
        max_shard_size="60KB",
        config={
            "eos_token_id": [2, 3, 4],
            "head_dim": 16,
            "rope_scaling": llama3_scaling(32.0),
            "rope_theta": 500000.0,
            "tie_word_embeddings": True,
            "transformers_version": "4.45.0",
        },
    ),
    # llama3 scaling as transformers 5 spells it: everything, rope_theta too, inside rope_parameters.
    Checkpoint(
        name="new-spelling-tied-fp32",
        seed=6,
        config={
            "bos_token_id": BASE_VOCABULARY,
            "eos_token_id": BASE_VOCABULARY + 1,
            "head_dim": 16,
            "pad_token_id": None,
            "rope_parameters": {**llama3_scaling(8.0), "rope_theta": 500000.0},
            "tie_word_embeddings": True,
            "transformers_version": "5.0.0",
            "vocab_size": TOKENIZER_VOCABULARY,
        },
    ),
    # A head size that is not hidden_size / heads, and the new spelling without any scaling.
    Checkpoint(
        name="wide-heads-fp32",
        seed=7,
        config={
            "head_dim": 32,
            "hidden_size": 48,
            "intermediate_size": 80,
            "pad_token_id": None,
            "rope_parameters": {"rope_theta": 20000.0, "rope_type": "default"},
            "transformers_version": "5.0.0",
        },
    ),
]
