"""Compares what curate wrote with what a query says of the labels; see check-curate.

    check-curate.py INPUT LABELS CLEAN RULES
"""

import argparse
import gzip
import json
import sys
from pathlib import Path

import duckdb
from deltalake import DeltaTable

REASONS = """
WITH judged AS (
  SELECT
    input_row, conversation_id, severity,
    {prompts} AND coalesce({prompt_harmful}, false) AND {prompt_limit} < 4 AS bad_prompt,
    {responses} AND coalesce({response_harmful}, false) AS bad_response,
    {response_limit} AS most,
    label_status IN ('ok', 'truncated') AS whole,
    {prompts} AND prompt_harmful IS NULL AS no_prompt,
    {responses} AND response_harmful IS NULL AS no_response
  FROM labels
),
exchanges AS (
  SELECT
    input_row, conversation_id,
    bad_prompt AS prompt_harmful,
    bad_response AND most < 0 AS response_harmful,
    bad_response AND most >= 0 AND coalesce(severity > most, false) AS response_severity,
    {unknowns} AND ((NOT whole AND (no_prompt OR no_response))
      OR (bad_response AND most BETWEEN 0 AND 3 AND severity IS NULL)) AS unknown
  FROM judged
),
own AS (
  SELECT
    input_row, any_value(conversation_id) AS conversation_id,
    list_sort(list_distinct(list_filter(flatten(list([
      CASE WHEN prompt_harmful THEN 'prompt_harmful' END,
      CASE WHEN response_harmful THEN 'response_harmful' END,
      CASE WHEN response_severity THEN 'response_severity' END,
      CASE WHEN unknown THEN 'unknown' END])), lambda r: r IS NOT NULL))) AS reasons
  FROM exchanges GROUP BY input_row
),
conversations AS (
  SELECT conversation_id, bool_or(len(reasons) > 0) AS bad FROM own GROUP BY conversation_id
)
SELECT input_row, CASE WHEN len(reasons) > 0 THEN reasons ELSE ['conversation'] END AS reasons
FROM own JOIN conversations USING (conversation_id)
WHERE len(reasons) > 0 OR ({together} AND bad)
"""


def fail(message):
    sys.exit(f"check-curate: {message}")


def query(text):
    rules = argparse.ArgumentParser()
    rules.add_argument("--side", default="both")
    rules.add_argument("--unit", default="conversation")
    rules.add_argument("--threshold")
    rules.add_argument("--max-severity", default="-1")
    rules.add_argument("--category-limit", action="append", default=[])
    rules.add_argument("--unknown", default="remove")
    given = rules.parse_args(text.split())

    def limit(column):
        cases = "".join(f" WHEN '{c}' THEN {n}" for c, n in (each.split("=") for each in given.category_limit))
        return f"(CASE {column}{cases} ELSE {given.max_severity} END)" if cases else f"({given.max_severity})"

    def harmful(side):
        return f"{side}_probability >= {given.threshold}" if given.threshold else f"{side}_harmful"

    return REASONS.format(
        prompts=given.side != "response",
        responses=given.side != "prompt",
        prompt_harmful=harmful("prompt"),
        response_harmful=harmful("response"),
        prompt_limit=limit("prompt_category"),
        response_limit=limit("response_category"),
        unknowns=given.unknown == "remove",
        together=given.unit == "conversation",
    )


def lines(*files):
    found = []
    for file in files:
        with gzip.open(file) if file.suffix == ".gz" else open(file, "rb") as text:
            found += [line.rstrip(b"\n") for line in text]
    return found


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    source, labelled, clean, rules = sys.argv[1:]
    clean = Path(clean)
    connection = duckdb.connect()
    connection.register("labels", DeltaTable(f"{labelled}/labels").to_pyarrow_table())
    expected = dict(connection.sql(query(rules)).fetchall())
    table = DeltaTable(f"{clean}/reasons").to_pyarrow_table(columns=["input_row", "reasons"])
    seen = {row["input_row"]: row["reasons"] for row in table.to_pylist()}
    if seen != expected:
        other = [row for row in seen.keys() | expected.keys() if seen.get(row) != expected.get(row)]
        row = min(other)
        fail(f"{len(other)} reasons differ; those of row {row} are {seen.get(row)}, by the query {expected.get(row)}")
    records = lines(Path(source))
    for name, wanted in (("kept", False), ("removed", True)):
        written = lines(*sorted((clean / name).glob("part-*")))
        if written != [line for row, line in enumerate(records) if line.strip() and (row in expected) == wanted]:
            fail(f"{name} has other lines than the input, or another order")
    summary = json.loads((clean / "curation.json").read_text(encoding="utf-8"))
    if summary["removed"] != len(expected) or summary["kept"] + summary["removed"] != summary["records"]:
        fail(f"the summary says {summary}, of {len(expected)} removed records")
    print(f"check-curate: {summary['kept']:,} kept and {len(expected):,} removed lines of {source}, as a query says: {rules}")


if __name__ == "__main__":
    main()
