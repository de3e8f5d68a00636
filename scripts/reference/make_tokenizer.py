"""Trains the tests' tokenizer: small, but built exactly like Llama 3's.

Tests and benchmarks need a tokenizer that behaves like the real one (same pre-tokenizer expression,
byte-level BPE, same special tokens in the same order) and is small enough to live in the repository. Only
the learned merges, and with them the ids, differ.

The first 256 ids are the bytes in GPT-2's order, as in Llama 3, so `S`, the digits, the newline and the
blank even have their real ids.
"""

import argparse
import json
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer

from training_text import training_lines

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_OUTPUT = ROOT / "udfs/src/test/resources/reference/tokenizer.json"

BASE_VOCABULARY = 1024
SPECIAL_TOKENS = 256
BEGIN_OF_TEXT = "<|begin_of_text|>"

LLAMA3_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def special_token_names():
    """The 256 special tokens of Llama 3.1 in the order of their ids."""
    reserved = (f"<|reserved_special_token_{number}|>" for number in range(SPECIAL_TOKENS))
    names = [BEGIN_OF_TEXT, "<|end_of_text|>", next(reserved), next(reserved), "<|finetune_right_pad_id|>"]
    names += [next(reserved), "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>", "<|python_tag|>"]
    while len(names) < SPECIAL_TOKENS:
        names.append(next(reserved))
    return names


def added_tokens(first_id):
    """The special tokens as tokenizer.json lists them, with ids after the base vocabulary."""
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return [
        {"id": first_id + offset, "content": name, **flags}
        for offset, name in enumerate(special_token_names())
    ]


def pre_tokenizer():
    """Llama 3's pre-tokenizer: split by expression, then bytes to printable characters."""
    split = {"type": "Split", "pattern": {"Regex": LLAMA3_SPLIT}, "behavior": "Isolated", "invert": False}
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    return {"type": "Sequence", "pretokenizers": [split, byte_level]}


def post_processor(begin_id):
    """Llama 3's post-processor, which puts one begin-of-text token before a text."""
    first = {"SpecialToken": {"id": BEGIN_OF_TEXT, "type_id": 0}}
    second = {"SpecialToken": {"id": BEGIN_OF_TEXT, "type_id": 1}}
    text = {"Sequence": {"id": "A", "type_id": 0}}
    pair = {"Sequence": {"id": "B", "type_id": 1}}
    template = {
        "type": "TemplateProcessing",
        "single": [first, text],
        "pair": [first, text, second, pair],
        "special_tokens": {
            BEGIN_OF_TEXT: {"id": BEGIN_OF_TEXT, "ids": [begin_id], "tokens": [BEGIN_OF_TEXT]}
        },
    }
    byte_level = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}
    return {"type": "Sequence", "processors": [byte_level, template]}


def tokenizer_json(vocabulary, merges, with_special_tokens):
    """A whole tokenizer.json around the given BPE vocabulary and merges."""
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added_tokens(len(vocabulary)) if with_special_tokens else [],
        "normalizer": None,
        "pre_tokenizer": pre_tokenizer(),
        "post_processor": post_processor(len(vocabulary)) if with_special_tokens else None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": True,
            "vocab": vocabulary,
            "merges": merges,
        },
    }


def trained_model(lines, base_vocabulary):
    """The BPE vocabulary and merges learned from lines of text."""
    untrained = tokenizer_json({}, [], with_special_tokens=False)
    tokenizer = Tokenizer.from_str(json.dumps(untrained))
    trainer = BpeTrainer(
        vocab_size=base_vocabulary,
        initial_alphabet=ByteLevel.alphabet(),
        min_frequency=2,
        max_token_length=16,
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model["vocab"], model["merges"]


def verify(tokenizer, base_vocabulary):
    """Refuses a tokenizer whose answers do not split the way the real model's answers do."""

    def pieces(text):
        return [tokenizer.id_to_token(token) for token in tokenizer.encode(text, add_special_tokens=False).ids]

    for single in [*"0123456789", "10", "11", "S", "safe", "unsafe", "\n", " "]:
        assert len(pieces(single)) == 1, f"{single!r} must be one token, was {pieces(single)}"
    assert pieces("safe")[0] != pieces("unsafe")[0]
    for code in range(1, 12):
        assert pieces(f"unsafe\nS{code}") == ["unsafe", "Ċ", "S", str(code)], pieces(f"unsafe\nS{code}")
    for level in range(5):
        assert pieces(f"#level: {level}")[-3:] == [":", "Ġ", str(level)], pieces(f"#level: {level}")
    assert pieces(" 10") == ["Ġ", "10"], pieces(" 10")
    assert tokenizer.get_vocab_size(with_added_tokens=False) == base_vocabulary
    assert tokenizer.get_vocab_size() == base_vocabulary + SPECIAL_TOKENS
    assert tokenizer.encode("safe").ids[0] == tokenizer.token_to_id(BEGIN_OF_TEXT) == base_vocabulary


def write_tokenizer(lines, base_vocabulary, output):
    """Trains a tokenizer on lines of text, checks it and writes it as tokenizer.json."""
    text = json.dumps(
        tokenizer_json(*trained_model(lines, base_vocabulary), with_special_tokens=True),
        ensure_ascii=False,
        separators=(",", ":"),
    )
    verify(Tokenizer.from_str(text), base_vocabulary)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text + "\n", encoding="utf-8")
    print(f"{output}: {output.stat().st_size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    write_tokenizer(training_lines(), BASE_VOCABULARY, parser.parse_args().output)


if __name__ == "__main__":
    main()
