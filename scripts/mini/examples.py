"""Labelled examples for the demo model, drawn from the grammar files.

An example is a message, or a message with a reply, and what is true of it: harmful or not, the category, and
for a harmful reply its severity. The same seed gives the same examples.
"""

import random
from dataclasses import dataclass

from grammar import FOLDER, Draw, Grammar
from noise import disturb

COMMON = FOLDER / "common.txt"
FRAMES = FOLDER / "frames.txt"

TOPIC_FILES = {
    "S1": "S1-violent-crime.txt",
    "S2": "S2-sex-related-crime.txt",
    "S3": "S3-sexual-content.txt",
    "S4": "S4-profanity.txt",
    "S5": "S5-hate.txt",
    "S6": "S6-self-harm.txt",
    "S7": "S7-non-violent-illegal.txt",
    "S8": "S8-weapon.txt",
    "S9": "S9-privacy.txt",
    "S10": "S10-intellectual-property.txt",
    "S11": "S11-misinformation.txt",
}
HARMLESS_FILES = ("everyday.txt", "work.txt", "plain.txt")
LOOKALIKES = "lookalikes.txt"

# Non-violent crime is the widest topic, so it gets more examples than its share.
TOPIC_WEIGHTS = {"S1": 1.2, "S2": 0.9, "S3": 0.7, "S4": 0.7, "S5": 1.1, "S6": 0.9, "S7": 2.2, "S8": 1.2, "S9": 0.9, "S10": 1.0, "S11": 1.1}
# Topics of sexual content are legal pleasures for the most part, so that praise of them is not harmful.
UNPROMOTED = {"S3"}
LEVEL_WEIGHTS = {1: 1.0, 2: 1.0, 3: 1.2, 4: 1.0}
# Fewer than half, since most real replies are harmless; many all the same, since each level has to be learned.
HARMFUL_REPLIES = 0.42
PASSAGE_LENGTHS = [1, 1, 2, 3]


@dataclass(frozen=True)
class Example:
    """A message, perhaps with a reply, and the truth on the last of them.

    `category` is the topic that the text is about, harmful or not; None when it is about none of them.
    `severity` is None without a reply.
    """

    prompt: str
    response: str | None
    harmful: bool
    category: str | None
    severity: int | None
    kind: str


class ExampleSource:
    """Draws examples without end.

    With `held_out`, each example uses at least one line of the grammar that training never sees.
    """

    def __init__(self, seed, held_out=False):
        self.random = random.Random(seed)
        self.held_out = held_out
        self.topics = {code: Grammar(FOLDER / name, FRAMES, COMMON) for code, name in TOPIC_FILES.items()}
        self.harmless = [Grammar(FOLDER / name, FRAMES, COMMON) for name in HARMLESS_FILES]
        self.work = self.harmless[HARMLESS_FILES.index("work.txt")]
        self.lookalikes = Grammar(FOLDER / LOOKALIKES, FRAMES, COMMON)

    def message(self, harmful=None, code=None):
        """An example for the prompt task."""
        harmful = self.chance(0.48) if harmful is None else harmful
        if harmful:
            code = code or self.any_topic()
            return self.drawn(lambda: self.harmful_message(code))
        return self.drawn(lambda: self.harmless_message(code))

    def reply(self, level=None, code=None):
        """An example for the response and severity tasks."""
        if level is None:
            level = self.weighted(LEVEL_WEIGHTS) if self.chance(HARMFUL_REPLIES) else 0
        if level:
            code = code or self.any_topic()
            return self.drawn(lambda: self.harmful_reply(code, level))
        return self.drawn(lambda: self.harmless_reply(code))

    # --- messages -------------------------------------------------------------------------------

    def harmful_message(self, code):
        grammar, draw = self.topics[code], self.new_draw()
        promoted = 0.0 if code in UNPROMOTED else 0.09
        kind = self.weighted({"act": 0.51, "ask": 0.33, "task": 0.07, "promotion": promoted})
        if kind == "promotion":
            text = self.promotion(grammar.pick("topic", draw), draw)
        else:
            text = self.framed(grammar, draw, "act") if kind == "act" else grammar.pick("ask", draw)
        if kind == "task":
            text = self.task_on(text, draw)
        if self.chance(0.1):
            draw.bound["message"] = text
            text, kind = grammar.pick("jailbreak", draw), kind + "+jailbreak"
        return Example(self.finished(text, draw), None, True, code, None, kind), draw

    def harmless_message(self, code=None):
        if code is None:
            origin = self.weighted({"unrelated": 0.5, "lookalike": 0.13, "topic": 0.37})
            if origin == "unrelated":
                return self.unrelated_message()
            if origin == "lookalike":
                return self.lookalike_message()
        code = code or self.any_topic()
        grammar, draw = self.topics[code], self.new_draw()
        kind = self.weighted({"safe_act": 0.38, "safe_ask": 0.38, "caution": 0.08, "about": 0.16})
        if kind == "safe_act":
            text = self.framed(grammar, draw, "safe_act")
        elif kind == "safe_ask":
            text = grammar.pick("safe_ask", draw)
        elif kind == "caution":
            draw.bound["act"] = grammar.pick("act", draw)
            text = grammar.pick("caution", draw)
        else:
            draw.bound["topic"] = grammar.pick("topic", draw)
            text = grammar.pick("about", draw)
        return Example(self.finished(text, draw), None, False, code, None, kind), draw

    def unrelated_message(self):
        grammar, draw = self.random.choice(self.harmless), self.new_draw()
        kind = self.weighted({"message": 0.3, "act": 0.2, "subject": 0.13, "task": 0.2, "instruction": 0.17})
        if kind == "instruction":
            text = self.work.pick("instruction", draw)
        elif kind == "task":
            text = self.task_on(self.passage(grammar, draw), draw)
        elif kind == "act":
            text = self.framed(grammar, draw, "act")
        elif kind == "subject":
            subject = grammar.pick("subject", draw)
            frame = self.random.choice(SUBJECT_FRAMES)
            text = self.promotion(subject, draw) if self.chance(0.4) else frame.format(subject)
        else:
            text = grammar.pick("message", draw)
        return Example(self.finished(text, draw), None, False, None, None, kind), draw

    def passage(self, grammar, draw):
        """Some sentences of harmless prose, now and then on a harmful topic."""
        if self.chance(0.2):
            return self.topics[self.any_topic()].pick("reply.0", draw)
        return self.joined(grammar, "reply", draw, PASSAGE_LENGTHS)

    def task_on(self, text, draw):
        draw.bound["text"] = text
        return self.harmless[0].pick("task", draw)

    def promotion(self, topic, draw):
        draw.bound["topic"] = topic
        return self.harmless[0].pick("promotion", draw)

    def lookalike_message(self):
        draw = self.new_draw()
        if self.chance(0.5):
            text = self.framed(self.lookalikes, draw, "act")
        else:
            text = self.lookalikes.pick("message", draw)
        return Example(self.finished(text, draw), None, False, None, None, "lookalike"), draw

    def framed(self, grammar, draw, section):
        """A deed of that section in one of the frames that harmful and harmless deeds share."""
        draw.bound["act"] = grammar.pick(section, draw)
        return grammar.pick("request", draw)

    def finished(self, text, draw):
        """The text with chat around it and the faults that real messages have."""
        grammar = self.harmless[0]
        if self.chance(0.08):
            text = f"{grammar.pick('before', draw)} {text}"
        if self.chance(0.08):
            text = f"{text} {grammar.pick('after', draw)}"
        if self.chance(0.03):
            other = self.random.choice(self.harmless).pick("message", self.new_draw())
            text = f"{other}{self.random.choice([' ', chr(10)])}{text}"
        if self.chance(0.06):
            injected = grammar.pick("injection", draw)
            gap = self.random.choice([" ", "\n", "\n\n"])
            text = f"{injected}{gap}{text}" if self.chance(0.2) else f"{text}{gap}{injected}"
        return disturb(text, self.random)

    # --- replies --------------------------------------------------------------------------------

    def harmful_reply(self, code, level):
        message, draw = self.weighted_call({
            lambda: self.harmful_message(code): 0.75,
            lambda: self.harmless_message(code): 0.1,
            lambda: self.unrelated_message(): 0.15,
        })
        grammar = self.topics[code]
        draw = self.reply_draw(draw)
        if "act" not in draw.bound or message.category != code:
            draw.bound["act"] = grammar.pick("act", self.new_draw())
        text = grammar.pick(f"reply.{level}", draw)
        if level >= 2 and self.chance(0.2):
            text = f"{grammar.pick('comply', draw)} {text}"
        if level >= 2 and self.chance(0.15):
            text = f"{text}{self.gap()}{grammar.pick(f'reply.{level}', draw)}"
        text = self.reply_finished(text, draw)
        return Example(message.prompt, text, True, code, level, f"level {level}"), draw

    def harmless_reply(self, code=None):
        kind = self.weighted({"refusal": 0.3, "related": 0.35, "unrelated": 0.3, "deflection": 0.05})
        if kind == "unrelated" and code is None:
            message, draw = self.unrelated_message()
            draw = self.reply_draw(draw)
            return self.answered(message, self.harmless_text(draw), None, kind, draw)
        code = code or self.any_topic()
        grammar = self.topics[code]
        if kind == "related" and self.chance(0.6):
            message, draw = self.harmless_message(code)
        else:
            message, draw = self.harmful_message(code)
        if "act" not in draw.bound:
            draw.bound["act"] = grammar.pick("act", self.new_draw())
        if kind != "refusal":
            draw = self.reply_draw(draw)
        if kind == "refusal":
            text = grammar.pick("refusal", draw)
            if self.chance(0.3):
                text = f"{text} {grammar.pick(self.random.choice(['reply.0', 'refusal']), draw)}"
        elif kind == "related":
            text = self.joined(grammar, "reply.0", draw, [1, 1, 2])
        else:
            text = self.harmless_text(draw)
        return self.answered(message, text, code, kind, draw)

    def harmless_text(self, draw):
        """A reply on life or work."""
        return self.joined(self.random.choice(self.harmless), "reply", draw, PASSAGE_LENGTHS)

    def joined(self, grammar, section, draw, lengths):
        """Some alternatives of a section, one behind the other."""
        return self.gap().join(grammar.pick(section, draw) for _ in range(self.random.choice(lengths)))

    def gap(self):
        return self.random.choice([" ", " ", "\n\n"])

    def answered(self, message, text, code, kind, draw):
        return Example(message.prompt, self.reply_finished(text, draw), False, code, 0, kind), draw

    def reply_finished(self, text, draw):
        if self.chance(0.04):
            text = f"{text}\n{self.harmless[0].pick('injection', draw)}"
        return disturb(text, self.random, strength=0.3)

    # --- drawing --------------------------------------------------------------------------------

    def drawn(self, make):
        """The first example that belongs to the wanted side of the split."""
        while True:
            example, draw = make()
            if not self.held_out or draw.used_reserve:
                return example

    def new_draw(self):
        return Draw(self.random, self.held_out)

    def reply_draw(self, draw):
        """A draw for the reply, which knows what the message was about."""
        return Draw(self.random, self.held_out, draw.bound)

    def any_topic(self):
        return self.weighted(TOPIC_WEIGHTS)

    def chance(self, probability):
        return self.random.random() < probability

    def weighted(self, weights):
        return self.random.choices(list(weights), list(weights.values()))[0]

    def weighted_call(self, weights):
        return self.weighted(weights)()


SUBJECT_FRAMES = (
    "Tell me about {}.",
    "What is {}?",
    "Explain {}.",
    "Explain {} in simple terms.",
    "Write an essay about {}.",
    "Write a poem about {}",
    "Give me a short introduction to {}.",
    "What should I know about {}?",
    "Why is {} important?",
    "what is {}",
    "Write a story about {}.",
    "I'd like to learn about {}.",
    "How does {} work?",
    "Summarize what is known about {}.",
    "Make a quiz about {}",
    "What are the main ideas behind {}?",
    "Give me five facts about {}.",
    "Write a script for a talk about {}.",
    "Write a persuasive article about {}.",
)
