"""Judges texts with a checkpoint in Python, the way the pipeline does: one pass, answers read from logits."""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file

from llama import Llama, Rope, Shape
from prompts import CATEGORIES, Prompts

ROWS = 64


@dataclass(frozen=True)
class Judgement:
    """Probability of harm; the category of what is judged harmful, and a reply's severity."""

    probability: float
    category: str | None
    severity: int | None

    @property
    def harmful(self):
        return self.probability > 0.5


class Judge:
    """A checkpoint directory with its tokenizer and prompt pack."""

    def __init__(self, directory):
        directory = Path(directory)
        self.prompts = Prompts(directory / "prompt-pack.json", directory / "tokenizer.json")
        config = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        shape = Shape(
            config["vocab_size"],
            config["hidden_size"],
            config["intermediate_size"],
            config["num_hidden_layers"],
            config["num_attention_heads"],
            config["num_key_value_heads"],
            config["head_dim"],
        )
        self.model = Llama(shape, Rope()).eval()
        weights = load_file(directory / "model.safetensors")
        self.model.load_state_dict({name.removeprefix("model."): tensor.float() for name, tensor in weights.items()})
        self.safe, self.unsafe = (self.prompts.ids(word)[0] for word in ("safe", "unsafe"))
        self.head = self.prompts.ids("unsafe\nS")
        self.codes = [self.prompts.ids(f"unsafe\n{code}")[-1] for code in CATEGORIES]
        self.level_head = self.prompts.ids("#level: 0")[:-1]
        self.levels = [self.prompts.ids(f"#level: {level}")[-1] for level in range(5)]

    def messages(self, texts):
        return self.verdicts("prompt", [(text, None) for text in texts])

    def replies(self, pairs):
        """Verdicts on replies, with the severity of those judged harmful; pairs are (message, reply)."""
        verdicts = self.verdicts("response", pairs)
        severities = [0] * len(pairs)
        for code in CATEGORIES:
            rows = [row for row, verdict in enumerate(verdicts) if verdict.category == code]
            logits = self.logits("severity", code, [pairs[row] for row in rows], self.level_head)
            for row, last in zip(rows, logits):
                severities[row] = int(last[-1][self.levels].argmax())
        return [Judgement(v.probability, v.category, severity) for v, severity in zip(verdicts, severities)]

    def verdicts(self, task, pairs):
        result = []
        for choices in self.logits(task, None, pairs, self.head):
            first = choices[0][[self.safe, self.unsafe]].softmax(0)
            category = CATEGORIES[int(choices[-1][self.codes].argmax())] if first[1] > 0.5 else None
            result.append(Judgement(float(first[1]), category, None))
        return result

    @torch.no_grad()
    def logits(self, task, code, pairs, head):
        """For each pair the logits [head + 1, vocabulary] at the request's last token and along the forced head."""
        prefix = self.model.prefix(self.prompts.prefixes[(task, code)])
        requests = [self.prompts.remainder(task, prompt, response) + head for prompt, response in pairs]
        order = sorted(range(len(requests)), key=lambda row: len(requests[row]))
        result = [None] * len(requests)
        for at in range(0, len(order), ROWS):
            rows = order[at : at + ROWS]
            ids = torch.zeros(len(rows), max(len(requests[row]) for row in rows), dtype=torch.long)
            for number, row in enumerate(rows):
                ids[number, : len(requests[row])] = torch.tensor(requests[row])
            hidden = self.model(ids, prefix)
            for number, row in enumerate(rows):
                end = len(requests[row])
                result[row] = self.model.logits(hidden[number, end - len(head) - 1 : end])
        return result
