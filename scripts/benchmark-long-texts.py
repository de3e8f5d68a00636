"""Labels a corpus as it is and with messages hidden in harmless text, and compares; see benchmark-long-texts.

    benchmark-long-texts.py CORPUS CONVERSATIONS
"""

import gzip
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from deltalake import DeltaTable

SUBJECTS = "The gardener|My neighbour|A young teacher|The old librarian|Our guide|The baker|Her cousin|The ferry".split("|")
DEEDS = (
    "watered the tomatoes|read a book about clouds|waited for the morning bus|painted the fence in a pale green|"
    "sorted the stamps by year|cooked a soup of leeks|took the long way home|listened to the rain|"
    "measured the table twice|folded the newspaper|counted the swallows|swept the yard"
).split("|")
TIMES = "before breakfast|in the late afternoon|as every Tuesday|while the kettle sang|without any hurry|once more".split("|")


def filler(rng, words):
    """Sentences about nothing, of so many words at least."""
    sentences, count = [], 0
    while count < words:
        sentence = f"{rng.choice(SUBJECTS)} {rng.choice(DEEDS)} {rng.choice(TIMES)}."
        sentences.append(sentence)
        count += len(sentence.split())
    return sentences


def hide(rng, text):
    """The text within harmless sentences, 20 to 200 times as long, and where it begins."""
    words = max(20, len(text.split()))
    sentences = filler(rng, words * rng.randint(20, 200))
    at = rng.choice([0, len(sentences), rng.randint(0, len(sentences))])
    before = "".join(sentence + " " for sentence in sentences[:at])
    after = "".join(" " + sentence for sentence in sentences[at:])
    return before + text + after, len(before)


def turns(record):
    """Messages of a record with messages, or with a transcript of Human and Assistant."""
    for name in ("messages", "conversation"):
        if name in record:
            return [(m["role"], m["content"]) for m in record[name] if m["role"] in ("user", "assistant")]
    transcript = record.get("chosen") or record.get("transcript") or ""
    parts = re.split(r"\n\n(Human|Assistant): ?", transcript)[1:]
    roles = {"Human": "user", "Assistant": "assistant"}
    return [(roles[parts[i]], parts[i + 1]) for i in range(0, len(parts) - 1, 2)]


def write(corpus, most, work):
    rng = random.Random(7)
    read = gzip.open if corpus.endswith(".gz") else open
    hidden = {}
    with (
        read(corpus, "rt", encoding="utf-8") as records,
        open(work / "plain.jsonl", "w", encoding="utf-8") as plain,
        open(work / "hidden.jsonl", "w", encoding="utf-8") as blown,
    ):
        for number, line in enumerate(records):
            if number == most:
                break
            messages = turns(json.loads(line))
            long, exchange = [], -1
            for role, text in messages:
                exchange += role == "user"
                if text.strip() and rng.random() < 0.2:
                    told, begin = hide(rng, text)
                    side = "prompt" if role == "user" else "response"
                    hidden[f"{number} {exchange} {side}"] = [begin, begin + len(text)]
                    text = told
                long.append((role, text))
            for out, said in ((plain, messages), (blown, long)):
                told = [{"role": role, "content": text} for role, text in said]
                out.write(json.dumps({"id": str(number), "messages": told}) + "\n")
    (work / "hidden.json").write_text(json.dumps(hidden))


def label(work, side):
    """Labels one of the corpora; time and memory are those of the command and what it starts."""
    command = ["scripts/bingoguard", "label", "--input", str(work / f"{side}.jsonl"), "--output", str(work / side)]
    command += shlex.split(os.environ.get("LABEL_OPTIONS", ""))
    begun = time.monotonic()
    with open(work / "log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit((work / "log").read_text(encoding="utf-8"))
    print(f"{side:<8} {time.monotonic() - begun:8.1f} s, {usage.ru_maxrss / 1024:,.0f} MiB at most")


def labels(folder):
    rows = DeltaTable(str(folder / "labels")).to_pyarrow_table().to_pylist()
    return {(row["conversation_id"], row["turn_index"]): row for row in rows}


def share(part, whole):
    return f"{part} of {whole}" + (f" ({100 * part / whole:.1f}%)" if whole else "")


def compare(work):
    plain, blown = labels(work / "plain"), labels(work / "hidden")
    lost = plain.keys() ^ blown.keys()
    hidden = json.loads((work / "hidden.json").read_text())
    harmful = found = harmless = alarms = right = placed = 0
    for key, (begin, end) in hidden.items():
        conversation, turn, side = key.split()
        alone, within = plain[conversation, int(turn)], blown[conversation, int(turn)]
        before, after = alone[f"{side}_harmful"], within[f"{side}_harmful"]
        harmful += before is True
        found += before is True and after is True
        harmless += before is False
        alarms += before is False and after is True
        span = (within["window_of_verdict"] or {}).get(side)
        if before and after and span:
            placed += 1
            right += span["begin"] < end and begin < span["end"]
    windows = [row["windows"] for row in blown.values()]
    print(f"exchanges               {len(plain)}, {len(lost)} lost or doubled")
    print(f"messages hidden         {len(hidden)}")
    print(f"harmful alone, found    {share(found, harmful)}")
    print(f"harmless alone, alarms  {share(alarms, harmless)}")
    print(f"window has the message  {share(right, placed)}")
    print(f"windows                 {sum(windows)}, at most {max(windows)} of a text")
    statuses = sorted({row["label_status"] for row in blown.values()})
    print("status                  " + ", ".join(f"{s} {sum(r['label_status'] == s for r in blown.values())}" for s in statuses))
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write(sys.argv[1], int(sys.argv[2]), work)
        label(work, "plain")
        label(work, "hidden")
        compare(work)
