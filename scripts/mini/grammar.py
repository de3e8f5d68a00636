"""A small text grammar: the demo model's training data is written in it.

A file holds sections. A section is a name in brackets and one alternative a line:

    [act]
    break into {building}[[| at night| while nobody is home]]

    [building]
    my neighbour's house
    the school office

`{name}` is replaced by an alternative of that section, looked up in the file itself and then in the files
it is used with. `{name:ing}` turns the first word into its -ing form, `{name:a}` puts "a" or "an" in
front, `{name:cap}` begins with a capital letter. `[[this|that|]]` is a choice inside a line, and can be
nested. `{$name}` is whatever was drawn for that name first in the same example. `\\n` is a line break. Lines that begin
with `#` are comments.

Every section of eight alternatives or more keeps a tenth of them back: examples for training never use
those, and examples for evaluation use at least one.
"""

import argparse
import hashlib
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "grammar"

HEADER = re.compile(r"\[([a-z][a-z0-9_.]*)\]")
REFERENCE = re.compile(r"\{(\$?)([a-z][a-z0-9_.]*)(?::(ing|a|cap))?\}")
INNERMOST_CHOICE = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]", re.DOTALL)

SMALLEST_SECTION_WITH_RESERVE = 8
RESERVED_ONE_IN = 10
DEEPEST = 30

DOUBLED = set(
    "bar beg blot brag ban chat chop clip con cut dig drag drip drop drug equip fan fit flip flog forget get grab grip "
    "hit hop hug jam jog knit let log map mob mug nab nag nip pat pet pin pit plan plot plug pop prep put quit rap rid "
    "rig rob rub run sag set shed ship shop shut sip sit skim skip slam slap slip slit snap spin split spot stab stop "
    "strip swap swim tap tip trap trim tug unzip wed whip win wrap zap zip begin submit permit admit commit omit refer "
    "transfer occur rebel upset input babysit kidnap program unclog repot".split()
)


def ing(phrase):
    """The -ing form of a phrase's first word."""
    verb, blank, rest = phrase.partition(" ")
    if verb == "be":
        form = "being"
    elif verb.endswith("ie"):
        form = verb[:-2] + "ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        form = verb[:-1] + "ing"
    elif verb in DOUBLED:
        form = verb + verb[-1] + "ing"
    else:
        form = verb + "ing"
    return form + blank + rest


def with_article(phrase):
    """The phrase with "a" or "an" in front."""
    word = phrase.split(" ")[0].lower()
    vowel = word[:1] in "aeio" and not word.startswith(("eu", "one", "once"))
    vowel = vowel or (word[:1] == "u" and not re.match(r"uni|use|usa|usu|ut|ur[aeio]", word))
    return ("an " if vowel or word.startswith(("hour", "honest", "heir")) else "a ") + phrase


def capitalized(phrase):
    return phrase[:1].upper() + phrase[1:]


MODIFIERS = {"ing": ing, "a": with_article, "cap": capitalized, None: lambda phrase: phrase}


@dataclass
class Draw:
    """One example in the making: what was drawn first for each name, and whether it touched the reserve."""

    random: random.Random
    held_out: bool
    bound: dict = field(default_factory=dict)
    used_reserve: bool = False


class Grammar:
    """The sections of some files; an earlier file's sections hide those of later ones."""

    def __init__(self, *paths):
        self.sections = {}
        self.own = set()
        for number, path in enumerate(paths):
            for name, alternatives in read_sections(path).items():
                if name not in self.sections:
                    self.sections[name] = alternatives
                    if number == 0:
                        self.own.add(name)

    def has(self, name):
        return name in self.sections

    def expand(self, text, draw, depth=0):
        """The text with every choice made and every reference replaced."""
        if depth > DEEPEST:
            raise ValueError(f"sections refer to each other without end: {text!r}")
        while match := INNERMOST_CHOICE.search(text):
            text = text[: match.start()] + draw.random.choice(match[1].split("|")) + text[match.end() :]

        def replace(match):
            bound, name, modifier = match.groups()
            if not bound or name not in draw.bound:
                value = self.pick(name, draw, depth + 1)
                draw.bound.setdefault(name, value)
            else:
                value = draw.bound[name]
            return MODIFIERS[modifier](value)

        return REFERENCE.sub(replace, text)

    def pick(self, name, draw, depth=0):
        """One expanded alternative of a section."""
        if name not in self.sections:
            raise KeyError(f"no section [{name}]")
        alternatives = self.sections[name]
        allowed = alternatives if draw.held_out else [a for a in alternatives if not reserved(name, a, alternatives)]
        alternative = draw.random.choice(allowed)
        if name in self.own and reserved(name, alternative, alternatives):
            draw.used_reserve = True
        return self.expand(alternative, draw, depth)


def read_sections(path):
    """The sections of a file, each with its alternatives, in order."""
    sections = {}
    current = None
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if header := HEADER.fullmatch(line):
            if header[1] in sections:
                raise ValueError(f"{path}:{number}: section [{header[1]}] stands twice")
            current = sections.setdefault(header[1], [])
        elif current is None:
            raise ValueError(f"{path}:{number}: text before the first section")
        elif line.count("[[") != line.count("]]"):
            raise ValueError(f"{path}:{number}: [[ and ]] do not match")
        else:
            current.append(line.replace("\\n", "\n"))
    empty = [name for name, alternatives in sections.items() if not alternatives]
    if empty:
        raise ValueError(f"{path}: sections without alternatives: {', '.join(empty)}")
    return sections


def reserved(name, alternative, alternatives):
    """Whether an alternative is kept for evaluation; depends on its text alone."""
    if len(alternatives) < SMALLEST_SECTION_WITH_RESERVE:
        return False
    digest = hashlib.sha256(f"{name}\n{alternative}".encode()).digest()
    return digest[0] % RESERVED_ONE_IN == 0


def check(path):
    """Prints what a file holds; raises where it refers to sections that do not exist."""
    grammar = Grammar(path, *shared_files(path))
    draw = Draw(random.Random(1), held_out=True)
    for name in sorted(grammar.own):
        alternatives = grammar.sections[name]
        for alternative in alternatives:
            for _ in range(3):
                grammar.expand(alternative, draw)
        repeated = [text for text, count in Counter(alternatives).items() if count > 1]
        kept = sum(reserved(name, text, alternatives) for text in alternatives)
        print(f"[{name}] {len(alternatives)} alternatives, {kept} reserved" + (f", repeated: {repeated}" if repeated else ""))


def shared_files(path):
    return [shared for shared in [FOLDER / "common.txt"] if shared.exists() and shared != Path(path).resolve()]


def main():
    parser = argparse.ArgumentParser(description="Checks a grammar file and shows examples of it.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--section", help="show examples of this section only")
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    check(arguments.file)
    grammar = Grammar(arguments.file, *shared_files(arguments.file))
    names = [arguments.section] if arguments.section else sorted(grammar.own)
    source = random.Random(arguments.seed)
    for name in names:
        for _ in range(arguments.examples):
            print(f"{name}: {grammar.pick(name, Draw(source, held_out=True))!r}")


if __name__ == "__main__":
    main()
