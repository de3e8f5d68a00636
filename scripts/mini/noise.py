"""The faults that real messages have: case, punctuation, typing errors, quotes."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
CURLY = str.maketrans({"'": "’"})


def disturb(text, source, strength=1.0):
    """The text, now and then with a fault; `strength` scales how often."""
    draw = source.random() / strength
    if draw < 0.14:
        text = text.lower()
    elif draw < 0.155:
        text = text.upper()
    elif draw < 0.17:
        text = text.title()
    if source.random() < 0.08 * strength:
        text = text.rstrip(".?!")
    if source.random() < 0.03 * strength:
        text = text.replace("'", "")
    elif source.random() < 0.05 * strength:
        text = text.translate(CURLY)
    if source.random() < 0.05 * strength:
        text = misspelled(text, source)
    if source.random() < 0.01 * strength:
        text = text + source.choice(["!!!", "??", " :)", "...", " 🙂", "\n", " pls", " asap"])
    return text


def misspelled(text, source):
    """One or two typing errors: a letter dropped, doubled, swapped with its neighbour or replaced."""
    for _ in range(source.choice([1, 1, 2])):
        if len(text) < 4:
            return text
        at = source.randrange(1, len(text) - 1)
        kind = source.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + 1 :]
        elif kind == 1:
            text = text[:at] + text[at] + text[at:]
        elif kind == 2:
            text = text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        else:
            text = text[:at] + source.choice(LETTERS) + text[at + 1 :]
    return text
