"""Nights for the notebook about them, where there are none: the bundled sample's conversations, spread over days."""

import datetime
import json
import random
import shutil

import tables

NIGHTS = 42
A_NIGHT = 150
SOURCES = {"web-chat": 60, "partner-api": 40}
NEWS = "partner-api"
"""Has more harmful replies in the last two nights."""
MORE = 1.9
FIRST = datetime.datetime(2026, 3, 1, 6, tzinfo=datetime.timezone.utc)


def output(labelled):
    """An audited output of such nights, with the labels of the sample that `labelled` holds; made once."""
    folder = tables.WORK / "nights"
    harmful = labelled.sql(
        "SELECT conversation_id, responses_harmful FROM conversations "
        "WHERE source = 'sample-chat' AND responses_harmful IS NOT NULL"
    )
    if harmful.empty:
        raise tables.Unusable(
            f"{labelled.folder} was never audited. Give ./scripts/bingoguard audit --output {labelled.folder} first."
        )
    if not (folder / "labelled/audit_metrics").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(labelled.folder, folder / "labelled")
        corpus = folder / "nights.jsonl"
        corpus.write_text("".join(json.dumps(record) + "\n" for record in spread(harmful)))
        # Equal texts keep their labels, so that nothing is judged again.
        tables.bingoguard("label", "--input", corpus, "--output", folder / "labelled", "--include-text")
        last = (FIRST + datetime.timedelta(days=NIGHTS - 1)).date()
        tables.bingoguard("audit", "--output", folder / "labelled", "--night", last, alert=True)
    return tables.Output(folder / "labelled")


def spread(harmful):
    """Conversations of the sample with times and sources, drawn so that each source has the sample's share of harm."""
    records = {record["conversation_id"]: record for record in map(json.loads, tables.SAMPLE.open())}
    bad = [records[key] for key in harmful.loc[harmful["responses_harmful"], "conversation_id"]]
    good = [records[key] for key in harmful.loc[~harmful["responses_harmful"].astype(bool), "conversation_id"]]
    share = len(bad) / len(harmful)
    chance = random.Random(11)
    for night in range(NIGHTS):
        for number in range(round(A_NIGHT * chance.gauss(1, 0.06))):
            source = chance.choices([*SOURCES], [*SOURCES.values()])[0]
            risk = share * (MORE if source == NEWS and night >= NIGHTS - 2 else 1)
            moment = FIRST + datetime.timedelta(days=night, minutes=chance.randrange(600))
            yield {
                **chance.choice(bad if chance.random() < risk else good),
                "conversation_id": f"night-{night}-{number}",
                "timestamp": moment.isoformat(),
                "source": source,
            }
