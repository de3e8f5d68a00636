"""Trains the demo model's tokenizer on generated examples: Llama 3's structure, a vocabulary of its own."""

import argparse
import json
import sys
from pathlib import Path

from examples import ExampleSource

sys.path.append(str(Path(__file__).resolve().parents[1] / "reference"))

from make_tokenizer import write_tokenizer  # noqa: E402
from training_text import training_lines  # noqa: E402

BASE_VOCABULARY = 8192
EXAMPLES = 60_000


def lines(pack, seed):
    """Generated messages and replies, the pack's own texts, and some text of other kinds and scripts."""
    source = ExampleSource(seed)
    for number in range(EXAMPLES):
        example = source.reply() if number % 3 == 0 else source.message()
        yield example.prompt
        if example.response is not None:
            yield example.response
    for task in pack["tasks"].values():
        for _ in range(50):
            yield "".join(task["template"])
            yield from (answer["text"] for answer in task["answers"])
    for category in pack["categories"]:
        for _ in range(10):
            yield category["rubric"]
    yield from training_lines()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pack = json.loads(options.pack.read_text(encoding="utf-8"))
    write_tokenizer(lines(pack, options.seed), BASE_VOCABULARY, options.output)


if __name__ == "__main__":
    main()
