"""Trains the demo model: a small Llama that answers the three tasks of the demo prompt pack.

Every step draws new examples from the grammar. The shared prefix of a task is computed once a step, and gradients
flow through it.
"""

import argparse
import math
import random
import time
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

from examples import ExampleSource
from llama import Llama, Shape
from prompts import CATEGORIES, Prompts

IGNORED = -100
LONGEST = 256
WINDOW = 24


class Batches:
    """Endless batches of one task: requests and their answers as ids, padded on the right.

    Examples are drawn for several batches at once and sorted by length, so that little is padded.
    """

    def __init__(self, prompts, task, code, size, draw, seed):
        self.prompts, self.task, self.code, self.size, self.draw = prompts, task, code, size, draw
        self.random = random.Random(seed)
        self.ready = []

    def next(self):
        if not self.ready:
            rows = sorted((self.row() for _ in range(WINDOW * self.size)), key=lambda row: len(row[0]))
            self.ready = [self.padded(rows[at : at + self.size]) for at in range(0, len(rows), self.size)]
            self.random.shuffle(self.ready)
        return self.ready.pop()

    def row(self):
        example = self.draw()
        request = self.prompts.remainder(self.task, example.prompt, example.response)
        answer = self.prompts.answer(self.task, example.harmful, example.category, example.severity)
        return shortened(request), answer

    def padded(self, rows):
        """Ids and targets [rows, length]; causality hides the padding, targets elsewhere are ignored."""
        width = max(len(request) + len(answer) for request, answer in rows) - 1
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        targets = torch.full((len(rows), width), IGNORED)
        for row, (request, answer) in enumerate(rows):
            whole = torch.tensor(request + answer)
            ids[row, : len(whole) - 1] = whole[:-1]
            targets[row, len(request) - 1 : len(whole) - 1] = whole[len(request) :]
        return self.prompts.prefixes[(self.task, self.code)], ids, targets


def shortened(request):
    """The request without its middle where it is too long to train on."""
    half = LONGEST // 2
    return request if len(request) <= LONGEST else request[:half] + request[-half:]


def batches_of(prompts, options):
    """The batches of every step: messages, replies, and replies of one category to grade."""
    source = ExampleSource(options.seed)
    prompt = Batches(prompts, "prompt", None, options.messages, source.message, options.seed)
    response = Batches(prompts, "response", None, options.replies, source.reply, options.seed)

    def graded(code):
        return lambda: source.reply(level=source.random.randrange(5), code=code)

    severity = [
        Batches(prompts, "severity", code, options.graded, graded(code), options.seed) for code in CATEGORIES
    ]
    step = 0
    while True:
        yield prompt.next(), response.next(), severity[step % len(severity)].next()
        step += 1


def batch_loss(model, prefix, ids, targets, smoothing):
    """Cross entropy of the answers' tokens over the whole vocabulary."""
    hidden = model(ids, model.prefix(prefix))
    answered = targets != IGNORED
    return cross_entropy(model.logits(hidden[answered]), targets[answered], label_smoothing=smoothing)


def learning_rate(step, steps, peak):
    """Linear warm-up, then a cosine down to a fiftieth."""
    warm = min(1.0, (step + 1) / max(1.0, 0.04 * steps))
    return peak * warm * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps)))


def optimizer_of(model, options):
    decayed = [parameter for parameter in model.parameters() if parameter.dim() > 1]
    others = [parameter for parameter in model.parameters() if parameter.dim() <= 1]
    groups = [{"params": decayed, "weight_decay": options.decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=options.peak, betas=(0.9, 0.98))


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    prompts = Prompts(options.pack, options.tokenizer)
    shape = Shape(
        prompts.vocabulary, options.hidden, options.intermediate, options.layers, options.heads, options.heads // 2
    )
    model = Llama(shape, dropout=options.dropout)
    optimizer = optimizer_of(model, options)
    print(f"{sum(parameter.numel() for parameter in model.parameters()) / 1e6:.2f} million parameters", flush=True)
    started, averages = time.time(), [0.0] * 3
    for step, drawn in zip(range(options.steps), batches_of(prompts, options)):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, options.steps, options.peak)
        for task, batch in enumerate(drawn):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = batch_loss(model, *batch, options.smoothing)
            loss.backward()
            averages[task] += (loss.item() - averages[task]) * max(0.02, 1 / (step + 1))
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if (step + 1) % options.report == 0:
            losses = "prompt {:.3f} response {:.3f} severity {:.3f}".format(*averages)
            print(f"step {step + 1} after {time.time() - started:.0f} s: {losses}", flush=True)
    model.save(options.output, prompts.begin, prompts.end)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--messages", type=int, default=96, help="messages to judge in a step")
    parser.add_argument("--replies", type=int, default=40, help="replies to judge in a step")
    parser.add_argument("--graded", type=int, default=25, help="replies to grade in a step")
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--intermediate", type=int, default=512)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--peak", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--smoothing", type=float, default=0.02)
    parser.add_argument("--report", type=int, default=50)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
