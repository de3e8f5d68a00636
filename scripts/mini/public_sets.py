"""Reads public sets of requests, none of which is part of this project or was used for training."""

import csv
import json
from dataclasses import dataclass

# HarmBench's semantic categories that have a counterpart here. Its illegal activities are of every kind, from fraud to
# bombs, kidnapping and trafficking, so they have several; the first of them is the nearest.
HARMBENCH_CATEGORIES = {
    "chemical_biological": ("S8",),
    "cybercrime_intrusion": ("S7",),
    "illegal": ("S7", "S1", "S2", "S8"),
    "copyright": ("S10",),
    "misinformation_disinformation": ("S11",),
}


@dataclass(frozen=True)
class PublicRow:
    """A text, whether it is harmful, the categories that are right for it, the nearest first, and its kind."""

    text: str
    harmful: bool
    categories: tuple
    kind: str


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def xstest(path):
    return [PublicRow(row["prompt"], row["label"] == "unsafe", (), row["type"]) for row in rows_of(path)]


def simple_safety_tests(path):
    return [PublicRow(row["prompts_final"], True, (), row["harm_area"]) for row in rows_of(path)]


def advbench(path):
    return [PublicRow(row["Behavior"], True, (), "all") for row in rows_of(path)]


def harmbench(path):
    """The behaviours, with their context in front where they have one."""
    result = []
    for row in rows_of(path):
        context = row["ContextString"].strip()
        text = f"{context}\n\n{row['Behavior']}" if context else row["Behavior"]
        kind = f"{row['FunctionalCategory']}/{row['SemanticCategory']}"
        result.append(PublicRow(text, True, HARMBENCH_CATEGORIES.get(row["SemanticCategory"], ()), kind))
    return result


def malicious_instruct(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [PublicRow(line.strip(), True, (), "all") for line in lines if line.strip()]


def harmless(path):
    """JSON Lines with an `instruction` and perhaps an `instances` list with its input, or a `prompt` or `turns`."""
    result = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row.get("instruction") or row.get("prompt") or row["turns"][0]
        instances = row.get("instances") or [{}]
        given = instances[0].get("input", "").strip()
        result.append(PublicRow(f"{text}\n{given}" if given else text, False, (), "all"))
    return result


PUBLIC_SETS = {
    "XSTest prompts": ("xstest_prompts.csv", xstest),
    "SimpleSafetyTests": ("simple_safety_tests.csv", simple_safety_tests),
    "AdvBench": ("advbench_behaviors.csv", advbench),
    "HarmBench": ("harmbench_behaviors_text.csv", harmbench),
    "MaliciousInstruct": ("MaliciousInstruct.txt", malicious_instruct),
}
