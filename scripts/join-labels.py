#!/usr/bin/env python3
"""Joins the labels of an output with their records, with ids or without: join-labels.py OUTPUT > joined.jsonl

Reads the local JSON Lines, CSV (.gz and .bz2 too) and Parquet files that the labels name; prints a JSON object a label.
"""
import bz2, csv, gzip, itertools, json, pyarrow.parquet, re, sys
from deltalake import DeltaTable

def records(path, description):
    """The records of a file, such that the one at input_row has that index."""
    if path.lower().endswith(".parquet"):
        return pyarrow.parquet.read_table(path).to_pylist()
    unpack = {"gz": gzip.open, "bz2": bz2.open}.get(path.lower().rpartition(".")[2], open)
    with unpack(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as text:
        as_csv = re.match(r"CSV \((\S+) between fields(?:, quote (.))?(, no quotes)?(, quotes after a)?", description)
        if not as_csv:
            return text.read().split("\n")
        text.seek(text.tell() if text.readline().startswith("sep=") else 0)
        delimiter = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}.get(as_csv[1], as_csv[1])
        quotes = {"quotechar": as_csv[2] or '"', "doublequote": not as_csv[4], "escapechar": "\\" if as_csv[4] else None}
        header, *rows = filter(None, csv.reader(text, delimiter=delimiter, quoting=3 if as_csv[3] else 0, **quotes))
        return [dict(reversed([*zip(header, row)])) for row in rows]

csv.field_size_limit(2**31 - 1)
labels, runs = (DeltaTable(f"{sys.argv[1]}/{name}").to_pyarrow_table().to_pylist() for name in ("labels", "runs"))
descriptions = {run["run_id"]: run["input_description"] for run in runs}
placed = [label for label in labels if label.get("input_file") is not None]
file_and_run, unread = (lambda label: (label["input_file"], label["run_id"])), 0
for (name, run), of_file in itertools.groupby(sorted(placed, key=file_and_run), key=file_and_run):
    try:  # A run that was killed has no description: that of another, of the same input mostly, has to do.
        rows = records(name.removeprefix("file:"), descriptions.get(run) or [*descriptions.values(), ""][0])
        for label in of_file:  # A line is JSON, unless the label says that it is none.
            record = rows[label["input_row"]]
            bare = isinstance(record, str) and label["label_status"] != "error"
            print(json.dumps({"label": label, "record": json.loads(record) if bare else record}, default=str))
    except (OSError, ValueError, IndexError, csv.Error, pyarrow.ArrowException) as error:
        unread = print(f"{name} of run {run} cannot be read: {error}", file=sys.stderr) or 1
print(f"{len(labels) - len(placed)} of {len(labels)} labels have no place in a file", file=sys.stderr)
sys.exit(unread)
