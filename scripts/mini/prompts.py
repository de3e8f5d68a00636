"""Requests as token ids, exactly as the pipeline renders them from a prompt pack."""

import json
import re
from pathlib import Path

from tokenizers import Tokenizer

CATEGORIES = [f"S{number}" for number in range(1, 12)]
MARK = re.compile(r"\{\{|\}\}|\{(prompt|response|category|rubric)\}")
PROBES = ("Hello", "(what) is this?", "...", "42", "-- no", "\u3042", "'tis", "#1")


class Prompts:
    """A prompt pack and its tokenizer: shared prefixes, what follows them, and the ids of answers.

    Template parts are tokenized with special tokens, conversation text without: a special token spelled in a
    conversation stays plain text. A template is cut before the message; the line break there ends a token, so
    both sides can be tokenized apart.
    """

    def __init__(self, pack_file, tokenizer_file):
        self.pack = json.loads(Path(pack_file).read_text(encoding="utf-8"))
        whole = json.loads(Path(tokenizer_file).read_text(encoding="utf-8"))
        self.special = {token["content"]: token["id"] for token in whole["added_tokens"]}
        self.specials = re.compile("(" + "|".join(re.escape(name) for name in self.special) + ")")
        self.plain = Tokenizer.from_str(json.dumps({**whole, "added_tokens": [], "post_processor": None}))
        self.vocabulary = len(whole["model"]["vocab"]) + len(self.special)
        self.begin = self.special[self.pack["bos_token"]]
        self.end = self.special[self.pack["end_token"]]
        self.categories = {category["code"]: category for category in self.pack["categories"]}
        self.prefixes = {}
        for task, code in [("prompt", None), ("response", None), *(("severity", code) for code in self.categories)]:
            self.prefixes[(task, code)] = self.prefix(task, code)
            self.check(task, code)

    def ids(self, text):
        """Ids of plain text."""
        return self.plain.encode(text, add_special_tokens=False).ids

    def prefix(self, task, code):
        """What every request of the task, or of the task and category, begins with."""
        ids = self.rendered(self.template(task)[0], self.category_slots(code))
        begins = next(at for at, token in enumerate(ids) if token != self.begin)
        return [self.begin] * (self.pack["bos_count"] - begins) + ids

    def remainder(self, task, prompt, response=None):
        """Ids of a request after the shared prefix, up to where the answer begins."""
        return self.rendered(self.template(task)[1], message_slots(prompt, response))

    def judged(self, task, prompt, response=None):
        """The number of tokens of a request from where the text that is judged begins."""
        before, reply, _ = self.template(task)[1].partition("{response}")
        opening = self.rendered(before, message_slots(prompt, response)) if reply else []
        return len(self.remainder(task, prompt, response)) - len(opening)

    def closing(self, task):
        """The number of tokens between the conversation and the answer."""
        return len(self.rendered(self.template(task)[1].rpartition("}")[2], {}))

    def template(self, task):
        """The task's template, cut before the message."""
        whole = "".join(self.pack["tasks"][task]["template"])
        at = whole.index("{prompt}")
        return whole[:at], whole[at:]

    def category_slots(self, code):
        category = self.categories.get(code, {})
        return {"category": category.get("severity_name", ""), "rubric": category.get("rubric", "")}

    def rendered(self, template, slots):
        """Ids of a template with its slots filled."""
        ids = []
        for number, piece in enumerate(self.specials.split(template)):
            if number % 2:
                ids.append(self.special[piece])
            elif piece:
                ids.extend(self.ids(MARK.sub(lambda mark: slots[mark[1]] if mark[1] else mark[0][0], piece)))
        return ids

    def check(self, task, code):
        """Refuses a pack whose message does not begin at a token's boundary."""
        whole = "".join(self.template(task))
        for text in PROBES:
            ids = self.rendered(whole, {**self.category_slots(code), **message_slots(text, text)})
            if ids[-len(self.remainder(task, text, text)) :] != self.remainder(task, text, text):
                raise ValueError(f"the {task} template does not end a token before the message")

    def answer(self, task, harmful=None, code=None, severity=None):
        """Ids of the right answer, the end token included."""
        if task == "severity":
            text = f"#level: {severity}"
        else:
            text = f"unsafe\n{code}" if harmful else "safe"
        return self.ids(text) + [self.end]

    def answer_tokens(self):
        """Ids of the tokens that answers consist of."""
        verdicts = [self.answer("prompt", harmful, code) for code in CATEGORIES for harmful in (True, False)]
        levels = [self.answer("severity", severity=level) for level in range(5)]
        return sorted({token for answer in verdicts + levels for token in answer})


def message_slots(prompt, response):
    """The texts as the pipeline fills them in: stripped of white space."""
    return {"prompt": (prompt or "").strip(), "response": (response or "").strip()}
