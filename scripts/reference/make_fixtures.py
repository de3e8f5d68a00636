"""Writes the parity fixtures: tiny Llama checkpoints, the logits Hugging Face transformers gives for them,
and the token ids the tokenizers library gives for awkward texts.

The engine builds its own graph from a checkpoint. These fixtures tell whether that graph computes what the
reference implementation computes, in 32-bit floats, from the very bytes of the checkpoint files.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.utils import logging

from checkpoints import CHECKPOINTS
from tokenization import tokenization_fixture

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_OUTPUT = ROOT / "udfs/src/test/resources/reference"

WEIGHT_SPREAD = 0.2
"""Ten times the usual: with 0.02 a random model hardly reacts to what it reads."""

SHARED_PREFIX = 40
PREFIXED_LENGTHS = (1, 2, 13, 57, 110)
PLAIN_LENGTHS = (1, 2, 7, 40, 97)
CHOSEN_TOKENS = 24

SMALLEST_LEAD = 2e-3
"""How far the best logit must lead at every stated position, so that rounding can't change the arg max."""
LARGEST_ROUNDING = 1e-4
"""How far 32-bit logits may be from 64-bit ones: bounds what a test may blame on rounding."""
VISIBLE_CHANGE = 0.05
"""How far logits must move when something that matters (order, rope scaling) is changed."""


def randomise(model, random):
    """Draws every weight anew, norm weights around 1, in the order of the parameters' names."""
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            drawn = random.standard_normal(tuple(parameter.shape), dtype=np.float32) * WEIGHT_SPREAD
            parameter.copy_(torch.from_numpy(drawn + 1 if name.endswith("norm.weight") else drawn))


def write_checkpoint(checkpoint, folder):
    """Saves random weights the way transformers does, then puts the config.json of the checkpoint's day."""
    config = LlamaConfig.from_dict(checkpoint.config_json())
    model = LlamaForCausalLM(config)
    randomise(model, np.random.Generator(np.random.PCG64(checkpoint.seed)))
    model.to(getattr(torch, checkpoint.dtype)).save_pretrained(folder, max_shard_size=checkpoint.max_shard_size)
    (folder / "generation_config.json").unlink(missing_ok=True)
    write_json(folder / "config.json", checkpoint.config_json(), indent=2)


def load(folder, dtype=torch.float32, **overrides):
    """Loads a written checkpoint from its files, so that the reference reads what the engine will read."""
    model, report = LlamaForCausalLM.from_pretrained(
        folder, dtype=dtype, attn_implementation="eager", output_loading_info=True, **overrides
    )
    assert not report["missing_keys"] and not report["unexpected_keys"], report
    return model.eval()


def logits_of(model, ids):
    """Next-token logits at every position of one sequence, shape [len(ids), vocabulary]."""
    with torch.no_grad():
        return model(torch.tensor([ids]), use_cache=False).logits[0]


def stated_positions(length, shared_prefix):
    """The last position and up to three before it, none inside the shared prefix."""
    rest = length - shared_prefix
    offsets = {0, rest // 3, rest - 2, rest - 1}
    return sorted(shared_prefix + offset for offset in offsets if offset >= 0)


def sequences(random, vocabulary):
    """Pairs of (ids, length of the prefix they share with others)."""
    prefix = random.integers(vocabulary, size=SHARED_PREFIX).tolist()
    for length in PLAIN_LENGTHS:
        yield random.integers(vocabulary, size=length).tolist(), 0
    for length in PREFIXED_LENGTHS:
        yield prefix + random.integers(vocabulary, size=length).tolist(), SHARED_PREFIX


def expected_case(model, ids, shared_prefix, token_ids):
    """The reference's answers for one sequence."""
    positions = stated_positions(len(ids), shared_prefix)
    logits = logits_of(model, ids)[positions]
    best_two = logits.topk(2).values
    assert (best_two[:, 0] - best_two[:, 1]).min() > SMALLEST_LEAD, "two logits too close: change the seed"
    return {
        "ids": ids,
        "shared_prefix": shared_prefix,
        "positions": positions,
        "expected": [
            {
                "logits": row[token_ids].tolist(),
                "argmax": int(row.argmax()),
                "logsumexp": float(row.double().logsumexp(0)),
            }
            for row in logits
        ],
    }


def expected_json(checkpoint, model):
    """The content of expected.json: chosen token ids, and all cases."""
    vocabulary = model.config.vocab_size
    random = np.random.Generator(np.random.PCG64([checkpoint.seed, 1]))
    between = random.choice(np.arange(1, vocabulary - 1), size=CHOSEN_TOKENS - 2, replace=False)
    token_ids = [0, *sorted(between.tolist()), vocabulary - 1]
    cases = [expected_case(model, ids, prefix, token_ids) for ids, prefix in sequences(random, vocabulary)]
    return {"token_ids": token_ids, "cases": cases}


def verify(model, folder, ids):
    """Refuses fixtures that could not tell a wrong engine from a right one; returns the rounding error."""
    exact = logits_of(model, ids)
    rounding = float((logits_of(load(folder, dtype=torch.float64), ids) - exact).abs().max())
    assert rounding < LARGEST_ROUNDING, f"{folder.name}: 32-bit logits are off by {rounding}"

    def change(logits):
        return float((logits - exact)[-1].abs().max())

    swapped = ids[:SHARED_PREFIX][::-1] + ids[SHARED_PREFIX:]
    assert change(logits_of(model, swapped)) > VISIBLE_CHANGE, f"{folder.name}: order does not matter"
    rope = model.config.rope_parameters
    if rope["rope_type"] == "llama3":
        unscaled = load(folder, rope_parameters={"rope_type": "default", "rope_theta": rope["rope_theta"]})
        assert change(logits_of(unscaled, ids)) > VISIBLE_CHANGE, f"{folder.name}: scaling does not matter"
    return rounding


def write_json(path, content, indent=None):
    """Writes JSON in ASCII, since the texts hold direction marks and other invisible characters."""
    separators = None if indent else (",", ":")
    text = json.dumps(content, indent=indent, separators=separators, ensure_ascii=True)
    path.write_text(text + "\n", encoding="ascii")


def write_fixture(checkpoint, output):
    """Writes one checkpoint's folder from scratch."""
    folder = output / checkpoint.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_checkpoint(checkpoint, folder)
    model = load(folder)
    expected = expected_json(checkpoint, model)
    rounding = verify(model, folder, expected["cases"][-1]["ids"])
    write_json(folder / "expected.json", expected)
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{checkpoint.name}: {size} bytes, rounding error of the 32-bit reference {rounding:.1e}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    output = parser.parse_args().output
    logging.disable_progress_bar()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for checkpoint in CHECKPOINTS:
        write_fixture(checkpoint, output)
    write_json(output / "tokenization.json", tokenization_fixture())


if __name__ == "__main__":
    main()
