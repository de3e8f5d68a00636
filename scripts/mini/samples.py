"""The sample corpora that come with the pipeline, with the labels that a reader gave them.

`sample-labels.jsonl` has a line for each exchange with text: for each side `safe`, `unsafe`, `unclear` where readers
would differ, or null where the side is missing or empty, the category, and the reply's severity.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LABELS = HERE / "sample-labels.jsonl"
CORPORA = HERE.parents[1] / "pipeline/src/main/resources/io/bingoguard/sample"
SPEAKERS = {"Human": "user", "Assistant": "assistant"}
TURN = re.compile(r"\n\n(Human|Assistant):")


@dataclass(frozen=True)
class Sample:
    """An exchange and its label, as a dictionary of the labels file."""

    prompt: str
    response: str
    label: dict


def samples():
    """Every labelled exchange of both corpora."""
    labels = {(label["conversation_id"], label["turn_index"]): label for label in json_lines(LABELS)}
    found = []
    for conversation, messages in conversations():
        for turn, (prompt, response) in enumerate(exchanges(messages)):
            if label := labels.pop((conversation, turn), None):
                found.append(Sample(prompt or "", response or "", label))
    if labels:
        raise ValueError(f"labels without an exchange: {sorted(labels)}")
    return found


def json_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def conversations():
    """Ids of conversations, with their messages as (role, text)."""
    for row in json_lines(CORPORA / "conversations.jsonl"):
        yield row["conversation_id"], [(message["role"], message["content"]) for message in row["messages"]]
    for row in json_lines(CORPORA / "transcripts.jsonl"):
        _, *parts = TURN.split(row["transcript"])
        yield row["id"], [(SPEAKERS[who], text.strip()) for who, text in zip(parts[::2], parts[1::2])]


def exchanges(messages):
    """Each message of the user with the reply that directly follows, and replies to none."""
    open_prompt = None
    for role, text in messages:
        if role == "assistant":
            yield open_prompt, text
            open_prompt = None
            continue
        if open_prompt is not None:
            yield open_prompt, None
        open_prompt = text if role == "user" else None
    if open_prompt is not None:
        yield open_prompt, None
