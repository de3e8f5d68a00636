"""Batches of the three tasks: examples of the grammar as token ids, with the faults that training puts into them."""

import random
from dataclasses import dataclass, replace
from itertools import count

import torch

from examples import ExampleSource
from prompts import CATEGORIES

IGNORED = -100
LONGEST = 224
PART = 32
LEVELS = 5
HINTS = 1 + LEVELS * len(CATEGORIES)
# The share of rows that mean nothing, as text in an unknown script looks; they count as harmless.
NONSENSE = 0.03


class Batches:
    """Endless batches of one task: requests and their answers as ids.

    A batch comes in parts of like length, so that little is padded, and each step still sees a random sample.
    """

    def __init__(self, prompts, task, code, size, draw, garbled=0.0, shuffled=0.0):
        self.prompts, self.task, self.code, self.size, self.draw = prompts, task, code, size, draw
        self.garbled, self.shuffled, self.random = garbled, shuffled, random.Random(f"{task} {code}")
        self.closing = prompts.closing(task)

    def next(self):
        rows = sorted((self.row() for _ in range(self.size)), key=lambda row: len(row.request))
        parts = [self.padded(rows[at : at + PART]) for at in range(0, len(rows), PART)]
        return Batch(self.prompts.prefixes[(self.task, self.code)], parts, len(rows))

    def row(self):
        example = self.draw()
        nonsense = self.random.random() < NONSENSE
        if nonsense:
            example = replace(example, harmful=False, severity=0)
        request = shortened(self.prompts.remainder(self.task, example.prompt, example.response))
        answer = self.prompts.answer(self.task, example.harmful, example.category, example.severity)
        opening = max(0, len(request) - self.prompts.judged(self.task, example.prompt, example.response))
        disturbed = self.nonsense(request) if nonsense else self.garbled_row(self.shuffled_row(request))
        return Row(disturbed, answer, hint_of(example), opening)

    def nonsense(self, request):
        """A request as long as that one, whose conversation is drawn from a few random tokens."""
        few = [self.random.randrange(self.prompts.vocabulary) for _ in range(self.random.randint(2, 30))]
        length = len(request) - self.closing
        return self.random.choices(few, k=length) + request[length:]

    def shuffled_row(self, request):
        """The request, now and then with its conversation's tokens in random order."""
        if self.random.random() >= self.shuffled:
            return request
        conversation = request[: -self.closing]
        self.random.shuffle(conversation)
        return conversation + request[-self.closing :]

    def garbled_row(self, request):
        """The request with some of its conversation's tokens replaced by random ones."""
        share = self.random.uniform(0, 2 * self.garbled)
        end = len(request) - self.closing
        return [
            self.random.randrange(self.prompts.vocabulary) if at < end and self.random.random() < share else token
            for at, token in enumerate(request)
        ]

    def padded(self, rows):
        """Rows of a batch; causality hides the padding, targets and hints elsewhere are ignored."""
        width = max(len(row.request) + len(row.answer) for row in rows) - 1
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        targets = torch.full((len(rows), width), IGNORED)
        hints = torch.full((len(rows), width), IGNORED)
        spoken = torch.zeros(len(rows), width, dtype=torch.bool)
        for number, row in enumerate(rows):
            whole, end = torch.tensor(row.request + row.answer), len(row.request)
            ids[number, : len(whole) - 1] = whole[:-1]
            targets[number, end - 1 : len(whole) - 1] = whole[end:]
            hints[number, row.opening : end] = row.hint
            spoken[number, : end - self.closing] = True
        return Part(ids, targets, hints, spoken)


@dataclass(frozen=True)
class Row:
    """Ids of a request and its answer, what is true of the judged text, and how many tokens stand before that text."""

    request: list
    answer: list
    hint: int
    opening: int


@dataclass(frozen=True)
class Part:
    """Ids, answer tokens to predict, hints to guess, and where the conversation stands, each [rows, length]."""

    ids: torch.Tensor
    targets: torch.Tensor
    hints: torch.Tensor
    spoken: torch.Tensor


@dataclass(frozen=True)
class Batch:
    """Rows of one task behind one prefix."""

    prefix: list
    parts: list
    rows: int


def hint_of(example):
    """One number for what is true of an example: 0 if harmless, else its category and level."""
    if not example.harmful:
        return 0
    return 1 + CATEGORIES.index(example.category) * LEVELS + (example.severity or 0)


def shortened(request):
    """The request without its middle where it is too long to train on."""
    half = LONGEST // 2
    return request if len(request) <= LONGEST else request[:half] + request[-half:]


def message_batches(prompts, size, seed, garbled, shuffled):
    """Batches of messages."""
    return Batches(prompts, "prompt", None, size, ExampleSource(seed).message, garbled, shuffled)


def reply_batches(prompts, judged, graded, garbled, seed):
    """For every step a batch of replies, and one of replies of a single category to grade."""
    source = ExampleSource(seed)
    response = Batches(prompts, "response", None, judged, source.reply, garbled)

    def of_category(code):
        """Replies of that category; now and then another's, as a wrong verdict would have it."""

        def draw():
            return source.reply(source.random.randrange(5), code if source.chance(0.85) else None)

        return Batches(prompts, "severity", code, graded, draw, garbled)

    severity = [of_category(code) for code in CATEGORIES]
    for step in count():
        yield response.next(), severity[step % len(severity)].next()
