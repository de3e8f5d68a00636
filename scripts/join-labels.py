#!/usr/bin/env python3
"""Joins the labels of an output with the records that they are about, whether or not these have ids.

    pip install deltalake pyarrow
    scripts/join-labels.py OUTPUT > joined.jsonl

Reads the local JSON Lines (.gz too), CSV and Parquet files that the labels name, and prints a JSON object a label.
"""
import csv
import gzip
import json
import sys
from itertools import groupby

import pyarrow.parquet
from deltalake import DeltaTable


def records(path):
    """The records of a file, such that the one at input_row has that index."""
    if path.endswith(".parquet"):
        return pyarrow.parquet.read_table(path).to_pylist()
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8", newline="") as text:
        if path.removesuffix(".gz").endswith((".csv", ".tsv")):
            return list(csv.DictReader(text, delimiter="\t" if "tsv" in path else ","))
        return text.read().split("\n")


labels = DeltaTable(sys.argv[1] + "/labels").to_pyarrow_table().to_pylist()
placed = [label for label in labels if label["input_file"] is not None]
placed.sort(key=lambda label: (label["input_file"], label["input_row"], label["turn_index"]))
for name, of_file in groupby(placed, key=lambda label: label["input_file"]):
    rows = records(name.removeprefix("file:"))
    for label in of_file:
        print(json.dumps({"label": label, "record": rows[label["input_row"]]}, default=str))
print(f"{len(placed)} labels joined, {len(labels) - len(placed)} of Delta tables left out", file=sys.stderr)
