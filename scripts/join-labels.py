#!/usr/bin/env python3
"""Joins the labels of an output with their records, with ids or without: join-labels.py OUTPUT > joined.jsonl

Reads the local JSON Lines, CSV (.gz and .bz2 too) and Parquet files that the labels name; prints a JSON object a label.
Of files that have changed since, it prints only labels whose record is told by its id, and counts the others.
"""
import bz2, collections, csv, gzip, itertools, json, os, pyarrow.parquet, re, sys
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

def unchanged(path, state, labelled_at):
    """Whether a file is as it was read, by its length and time then, or else older than its labels."""
    modified = os.stat(path).st_mtime_ns // 10**6
    if state is None:
        return modified <= labelled_at.timestamp() * 1000
    with open(path, "rb") as file:  # A last line that somebody was still writing was not read and is not counted.
        length, read = file.seek(0, os.SEEK_END), file.seek(state[0])
        return modified == state[1] and read <= length and b"\n" not in file.read()

def ids(rows, description):
    """The id that each record alone has, as text; None of the others."""
    columns = re.findall(", id=([^,\n]+)", description)
    def of(row):
        try:
            record = json.loads(row) if isinstance(row, str) else row
            return next((str(record[column]) for column in columns if record.get(column) is not None), None)
        except (ValueError, AttributeError):
            return None
    found = [of(row) for row in rows]
    often = collections.Counter(found)
    return [name if often[name] == 1 else None for name in found]

csv.field_size_limit(2**31 - 1)
labels, runs, files = (
    DeltaTable(f"{sys.argv[1]}/{name}").to_pyarrow_table().to_pylist() for name in ("labels", "runs", "files"))
states = {}  # Length and time, in milliseconds, of a file as a run has read it.
for row in sorted(files, key=lambda row: row["recorded_at"]):
    if row["modified_at"] is not None:
        states[row["file"], row["run_id"]] = row["bytes"], round(row["modified_at"].timestamp() * 1000)
descriptions = {run["run_id"]: run["input_description"] for run in runs}
placed = [label for label in labels if label.get("input_file") is not None]
file_and_run, failed = (lambda label: (label["input_file"], label["run_id"])), 0
for (name, run), of_file in itertools.groupby(sorted(placed, key=file_and_run), key=file_and_run):
    try:  # A run that was killed has no description: that of another, of the same input mostly, has to do.
        path, description = name.removeprefix("file:"), descriptions.get(run) or [*descriptions.values(), ""][0]
        of_file, left_out = list(of_file), 0
        same = unchanged(path, states.get((name, run)), min(label["labelled_at"] for label in of_file))
        rows = records(path, description)
        known = ids([] if same else rows, description)
        for label in of_file:  # A line is JSON, unless the label says that it is none.
            place = label["input_row"]
            if same or known[place : place + 1] == [label["conversation_id"]]:
                bare = isinstance(rows[place], str) and label["label_status"] != "error"
                record = json.loads(rows[place]) if bare else rows[place]
                print(json.dumps({"label": label, "record": record}, default=str))
            else:
                left_out += 1
        if left_out:
            told = f"{name} changed since it was labelled by run {run}: {left_out} of its labels are left out"
            failed = print(told, file=sys.stderr) or 1
    except (OSError, ValueError, IndexError, csv.Error, pyarrow.ArrowException) as error:
        failed = print(f"{name} of run {run} cannot be read: {error}", file=sys.stderr) or 1
print(f"{len(labels) - len(placed)} of {len(labels)} labels have no place in a file", file=sys.stderr)
sys.exit(failed)
