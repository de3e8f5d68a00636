#!/usr/bin/env python3
"""Puts requests of scripts/benchmark-gpu to Hugging Face transformers.

Two ways: greedy generation in left-padded batches, which is how a generative guard is usually run,
and one forward pass over full prompts that end with the forced answer head, in left-padded batches,
from which the answer is read. Batches hold requests of like length. Needs torch and transformers.
"""

import argparse
import json
import time

import torch
import transformers


def read_requests(path):
    """The first line says what answers there are; each other line is a request."""
    with open(path, encoding="utf-8") as lines:
        grammar = json.loads(next(lines))
        return grammar, [json.loads(line) for line in lines]


def batches_by_length(requests, size):
    order = sorted(range(len(requests)), key=lambda i: -len(requests[i]["tokens"]))
    return [order[start : start + size] for start in range(0, len(order), size)]


def left_padded(sequences, filler, device):
    longest = max(len(sequence) for sequence in sequences)
    ids = [[filler] * (longest - len(s)) + s for s in sequences]
    mask = [[0] * (longest - len(s)) + [1] * len(s) for s in sequences]
    return torch.tensor(ids, device=device), torch.tensor(mask, device=device)


def answer_that_begins(written, answers):
    """The legal answer whose tokens the written ones begin with, or None."""
    for text, tokens in answers.items():
        if written[: len(tokens)] == tokens:
            return text
    return None


def answer_along_head(chosen, task):
    """The answer of greedy decoding, from the choices along the forced head; None if not legal."""
    head, answers = task["head"], task["answers"]
    for step, token in enumerate(chosen):
        if step < len(head) and token == head[step]:
            continue
        taken = head[:step] + [token]
        for text, tokens in answers.items():
            if tokens[: len(taken)] == taken:
                return text
        return None
    return None


class Guard:
    def __init__(self, checkpoint, device, dtype, grammar):
        self.device = device
        self.grammar = grammar
        self.model = transformers.AutoModelForCausalLM.from_pretrained(
            checkpoint, dtype=getattr(torch, dtype)
        ).to(device)
        self.model.eval()

    def generate(self, requests):
        end = self.grammar["end"]
        ids, mask = left_padded([r["tokens"] for r in requests], end, self.device)
        written = self.model.generate(
            input_ids=ids,
            attention_mask=mask,
            max_new_tokens=self.grammar["max_new_tokens"],
            do_sample=False,
            eos_token_id=end,
            pad_token_id=end,
        )[:, ids.shape[1] :].tolist()
        return [
            answer_that_begins(row, self.grammar["tasks"][r["task"]]["answers"])
            for row, r in zip(written, requests)
        ]

    def single_pass(self, requests):
        tasks = [self.grammar["tasks"][r["task"]] for r in requests]
        sequences = [r["tokens"] + task["head"] for r, task in zip(requests, tasks)]
        ids, mask = left_padded(sequences, self.grammar["end"], self.device)
        positions = (mask.cumsum(-1) - 1).clamp(min=0)
        steps = max(len(task["head"]) for task in tasks) + 1
        logits = self.model(
            input_ids=ids,
            attention_mask=mask,
            position_ids=positions,
            use_cache=False,
            logits_to_keep=steps,
        ).logits
        chosen = logits.argmax(-1).tolist()
        return [
            answer_along_head(row[steps - len(task["head"]) - 1 :], task)
            for row, task in zip(chosen, tasks)
        ]


def synchronize(device):
    if device.startswith("cuda"):
        torch.cuda.synchronize(device)


def measure(way, requests, size, device):
    """Requests a second and the answers, after one batch that does not count."""
    batches = batches_by_length(requests, size)
    way([requests[i] for i in batches[-1]])
    if device.startswith("cuda"):
        torch.cuda.reset_peak_memory_stats(device)
    synchronize(device)
    start = time.perf_counter()
    answers = [None] * len(requests)
    for batch in batches:
        for i, answer in zip(batch, way([requests[i] for i in batch])):
            answers[i] = answer
    synchronize(device)
    return time.perf_counter() - start, answers


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--requests", required=True)
    parser.add_argument("--device", required=True)
    parser.add_argument("--dtype", required=True, choices=["float32", "float16", "bfloat16"])
    parser.add_argument("--batches", required=True, help="sizes with commas between them")
    parser.add_argument("--json", required=True, help="file for the figures")
    arguments = parser.parse_args()

    transformers.logging.set_verbosity_error()
    grammar, requests = read_requests(arguments.requests)
    start = time.perf_counter()
    guard = Guard(arguments.checkpoint, arguments.device, arguments.dtype, grammar)
    loaded = time.perf_counter() - start
    print(
        f"transformers {transformers.__version__}, torch {torch.__version__}, {arguments.dtype},"
        f" {len(requests)} requests, loaded in {loaded:.1f} s"
    )
    print(f"{'':24} {'batch':>6} {'seconds':>9} {'req/s':>9} {'different':>10} {'peak MiB':>9}")
    runs = []
    with torch.inference_mode():
        for name, way in (
            ("greedy generation", guard.generate),
            ("single pass, full", guard.single_pass),
        ):
            for size in map(int, arguments.batches.split(",")):
                runs.append(run(name, way, size, requests, arguments.device))
    with open(arguments.json, "w", encoding="utf-8") as out:
        json.dump({"loadSeconds": loaded, "requests": len(requests), "runs": runs}, out, indent=2)


def run(name, way, size, requests, device):
    figures = {"way": name, "batch": size}
    try:
        seconds, answers = measure(way, requests, size, device)
    except torch.cuda.OutOfMemoryError:
        torch.cuda.empty_cache()
        print(f"{name:24} {size:6} out of memory")
        return figures | {"outOfMemory": True}
    different = sum(answer != r["answer"] for answer, r in zip(answers, requests))
    peak = torch.cuda.max_memory_allocated(device) >> 20 if device.startswith("cuda") else None
    print(
        f"{name:24} {size:6} {seconds:9.2f} {len(requests) / seconds:9.2f} {different:10}"
        f" {'-' if peak is None else peak:>9}",
        flush=True,
    )
    return figures | {
        "seconds": seconds,
        "requestsPerSecond": len(requests) / seconds,
        "differentAnswers": different,
        "peakMib": peak,
    }


if __name__ == "__main__":
    main()
