"""Makes small tokenizers of the types that people publish, each with texts and the ids of the Python library.

    published_tokenizers.py OUTPUT_DIR

Writes a folder for each: tokenizer.json, and cases.json. In the latter `refused` says whether the engine must not take
it, and every case has `pieces`, each with a text and whether it is trusted, with the `ids` of the whole.
"""

import json
import random
import sys
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from make_tokenizer import LLAMA3_SPLIT
from training_text import training_lines

QWEN_SPLIT = LLAMA3_SPLIT.replace(r"\p{N}{1,3}", r"\p{N}")
CASES = 400

FRAGMENTS = [
    "Hello", "hello world", "I'm", "they'LL", "unsafe", "S7", "#level: 3", "1", "123", "3.14", "é", "e\u0301", "ﬁ", "①x",
    "Straße", "Привет", "你好，世界", "안녕", "مرحبا", "😀", "👩\u200d💻", "𠀀", "...", "?!", "(", "\"", "'", "<", "<|", "|>",
    "\u2581", "\u2581word", "\ufeff", "\ufffd", "    return x;", "<think>", "</think>", "<tool_call>", "polymer",
    "<0x41>", "a<b", "[INST]", "]]", "the garden", "password",
]
SPACES = [" ", "  ", "   ", "     ", "\n", "\n\n", "\n\n\n", "\r\n", "\t", "\t\t", " \n", "\u00a0", "\u3000", " " * 30]


def metaspace(scheme, split):
    return {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme, "split": split}


def byte_level(prefix=False, use_regex=False):
    return {"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": True, "use_regex": use_regex}


def split_by(expression):
    split = {"type": "Split", "pattern": {"Regex": expression}, "behavior": "Isolated", "invert": False}
    return {"type": "Sequence", "pretokenizers": [split, byte_level()]}


def sequence(*normalizers):
    return {"type": "Sequence", "normalizers": list(normalizers)}


BLANKS = {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}
PREPEND = {"type": "Prepend", "prepend": "\u2581"}


def learned(tokenizer_json, alphabet):
    """The vocabulary and merges that BPE learns in front of the given steps."""
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json))
    trainer = trainers.BpeTrainer(
        vocab_size=900, initial_alphabet=alphabet, min_frequency=2, max_token_length=16, show_progress=False
    )
    tokenizer.train_from_iterator(training_lines(), trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model["vocab"], model["merges"]


def bpe(normalizer=None, pre_tokenizer=None, first=(), added=(), flags=None, **model):
    """A tokenizer.json: `first` stand at the beginning of the vocabulary, `added` are dicts or spellings."""
    steps = {"normalizer": normalizer, "pre_tokenizer": pre_tokenizer}
    bytes_as_letters = "ByteLevel" in json.dumps(steps)
    empty = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], **steps, "post_processor": None,
        "decoder": None,
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "vocab": {}, "merges": []},
    }
    vocabulary, merges = learned(empty, pre_tokenizers.ByteLevel.alphabet() if bytes_as_letters else [])
    names = [*first, *(name for name in vocabulary if name not in first)]
    ids = {name: number for number, name in enumerate(names)}
    whole = {**empty, "model": {**empty["model"], "vocab": ids, "merges": merges, **model}}
    after = len(ids)
    for token in added:
        token = token if isinstance(token, dict) else {"content": token}
        content = token["content"]
        if content not in ids and "id" not in token:
            token, after = {"id": after, **token}, after + 1
        default = {"id": ids.get(content), "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                   "special": True}
        whole["added_tokens"].append({**default, **(flags or {}), **token})
    return whole


BYTES = [f"<0x{value:02X}>" for value in range(256)]
LLAMA2 = {"first": ["<unk>", "<s>", "</s>", *BYTES], "unk_token": "<unk>", "fuse_unk": True, "byte_fallback": True}
LLAMA2_ADDED = ["<unk>", "<s>", "</s>"]


def plain(content, **more):
    return {"content": content, "special": False, **more}


def accepted():
    llama3 = ["<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"]
    chat = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    return {
        "llama-3": bpe(pre_tokenizer=split_by(LLAMA3_SPLIT), added=llama3, ignore_merges=True),
        "gpt-2": bpe(pre_tokenizer=byte_level(use_regex=True), added=[{"content": "<|endoftext|>", "normalized": True}]),
        "byte-level-with-prefix": bpe(pre_tokenizer=byte_level(prefix=True, use_regex=True), added=["<s>", "</s>"]),
        "qwen": bpe(normalizer={"type": "NFC"}, pre_tokenizer=split_by(QWEN_SPLIT),
                    added=[*chat, plain("<tool_call>"), plain("<think>"), plain("</think>")]),
        "added-before-special": bpe(pre_tokenizer=split_by(LLAMA3_SPLIT), added=[plain("polymer"), *llama3, plain("<think>")]),
        "neox-blanks": bpe(normalizer={"type": "NFC"}, pre_tokenizer=byte_level(use_regex=True),
                           added=["<|endoftext|>", *(plain(" " * n, normalized=True) for n in range(5, 1, -1))]),
        "normalized-added": bpe(normalizer={"type": "NFKC"}, pre_tokenizer=byte_level(use_regex=True),
                                added=["<|end|>", plain("①x", normalized=True), plain("ﬁ")]),
        "llama-2": bpe(normalizer=sequence(PREPEND, BLANKS), added=LLAMA2_ADDED, **LLAMA2),
        "llama-2-first": bpe(pre_tokenizer=metaspace("first", False), added=[*LLAMA2_ADDED, plain("polymer")], **LLAMA2),
        "metaspace-always": bpe(pre_tokenizer=metaspace("always", True), first=["<unk>", "<s>"],
                                added=["<unk>", "<s>"], unk_token="<unk>"),
        "metaspace-never": bpe(pre_tokenizer=metaspace("never", True), added=LLAMA2_ADDED, **LLAMA2),
        "gemma": bpe(normalizer=BLANKS, pre_tokenizer={"type": "Split", "pattern": {"String": " "},
                                                       "behavior": "MergedWithPrevious", "invert": False},
                     added=[*LLAMA2_ADDED, "<start_of_turn>", plain("\n\n"), plain("\n\n\n")], **LLAMA2),
    }


def of_model(model):
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return json.loads(tokenizer.to_str())


def refused():
    llama3 = split_by(LLAMA3_SPLIT)
    return {
        "bpe-dropout": bpe(pre_tokenizer=llama3, added=["<|eot_id|>"], dropout=0.1),
        "characters-only": bpe(pre_tokenizer=metaspace("always", True), added=["<s>"]),
        "roberta-mask": bpe(pre_tokenizer=byte_level(use_regex=True), added=["<s>", {"content": "<mask>", "lstrip": True}]),
        "llama-2-normalized": bpe(normalizer=sequence(PREPEND, BLANKS), added=LLAMA2_ADDED, flags={"normalized": True}, **LLAMA2),
        "ids-with-a-gap": bpe(pre_tokenizer=llama3, added=["<|eot_id|>", {"content": "<|late|>", "id": 5000}]),
        "word-level": of_model(models.WordLevel({"[UNK]": 0, "hello": 1}, unk_token="[UNK]")),
        "word-piece": of_model(models.WordPiece({"[UNK]": 0, "hello": 1}, unk_token="[UNK]")),
        "unigram": of_model(models.Unigram([("<unk>", 0.0), ("hello", -1.0)], unk_id=0)),
    }


def text(draw, fragments):
    return "".join(
        draw.choice(SPACES if draw.random() < 0.4 else fragments) for _ in range(draw.randrange(draw.randrange(1, 9) + 1))
    )


def cases(tokenizer_json):
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json))
    special = [token["content"] for token in tokenizer_json["added_tokens"] if token["special"]]
    others = [token["content"] for token in tokenizer_json["added_tokens"] if not token["special"]]
    draw = random.Random(7)
    made = []
    for _ in range(CASES):
        spelled = text(draw, FRAGMENTS + others + special)
        tokenizer.encode_special_tokens = True
        ids = tokenizer.encode(spelled, add_special_tokens=False).ids
        made.append({"pieces": [[spelled, False]], "ids": ids})

        before, inside, after = (text(draw, FRAGMENTS + others) for _ in range(3))
        pieces = [[draw.choice([*special, ""]) + before, True], [inside, False], [after + draw.choice(special) + before, True]]
        whole = "".join(piece for piece, _ in pieces)
        template = sum(piece.count(name) for piece, trusted in pieces if trusted for name in special)
        if sum(whole.count(name) for name in special) == template:
            tokenizer.encode_special_tokens = False
            made.append({"pieces": pieces, "ids": tokenizer.encode(whole, add_special_tokens=False).ids})
    return made


def main():
    output = Path(sys.argv[1])
    for is_refused, tokenizers in ((False, accepted()), (True, refused())):
        for name, tokenizer_json in tokenizers.items():
            directory = output / name
            directory.mkdir(parents=True)
            (directory / "tokenizer.json").write_text(json.dumps(tokenizer_json, ensure_ascii=False), encoding="utf-8")
            about = {"refused": is_refused, "cases": [] if is_refused else cases(tokenizer_json)}
            (directory / "cases.json").write_text(json.dumps(about), encoding="utf-8")
            print(f"{name}: {'to be refused' if is_refused else str(len(about['cases'])) + ' cases'}")


if __name__ == "__main__":
    main()
