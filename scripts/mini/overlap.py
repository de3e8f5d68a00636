"""Counts how much of the public sets stands in generated training text: whole texts, and runs of words."""

import argparse
import re
from pathlib import Path

from examples import ExampleSource
from public_sets import PUBLIC_SETS, harmless

WORD = re.compile(r"\w+")
RUN = 7


def words_of(text):
    return WORD.findall(text.lower())


def runs_of(words):
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def training_runs(seed, count):
    """Every message in words, and every run of seven words, of so many training examples."""
    source = ExampleSource(seed)
    whole, runs = set(), set()
    for number in range(count):
        example = source.message() if number % 2 else source.reply()
        for text in filter(None, (example.prompt, example.response)):
            words = words_of(text)
            whole.add(" ".join(words))
            runs |= runs_of(words)
    return whole, runs


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with public sets")
    parser.add_argument("--benign", type=Path, nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200_000)
    options = parser.parse_args()
    whole, runs = training_runs(options.seed, options.count)
    sets = {name: read(options.data / file) for name, (file, read) in PUBLIC_SETS.items() if (options.data / file).exists()}
    sets.update({file.name: harmless(file) for file in options.benign})
    for name, rows in sets.items():
        texts = [words_of(row.text) for row in rows]
        same = sum(" ".join(words) in whole for words in texts)
        sharing = sum(not runs.isdisjoint(runs_of(words)) for words in texts)
        print(f"{name}: {len(rows)} texts, {same} stand in training text, {sharing} share {RUN} words in a row with it")


if __name__ == "__main__":
    main()
