"""Compares the tables of an output as delta-rs and DuckDB read them; see check-tables.

    check-tables.py DIR [JOINED SUMMARY...]

JOINED is what join-labels.py prints for DIR, the summaries are those of all runs that wrote into it.
"""

import json
import sys
from collections import Counter

import duckdb
import pyarrow
from deltalake import DeltaTable

try:
    import duckdb_ext
except ImportError:
    duckdb_ext = None

FEED = ("_change_type", "_commit_version", "_commit_timestamp")
KEYS = {
    "labels": ["conversation_id", "turn_index", "content_hash", "run_id", "labelled_at"],
    "runs": ["run_id"],
    "categories": ["category_order"],
    "files": ["file", "recorded_at"],
}
DIGITS = 9


def fail(message):
    sys.exit(f"check-tables: {message}")


def plain(value):
    """A value that compares equal whichever reader it comes from."""
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list) and value and all(isinstance(each, tuple) for each in value):
        return {key: plain(each) for key, each in value}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if hasattr(value, "timestamp"):
        return value.timestamp()
    return value


def rows(table, name):
    """Rows in the order of the table's key, each with its columns by name."""
    table = table.select(sorted(table.column_names))
    found = [{key: plain(value) for key, value in row.items()} for row in table.to_pylist()]
    return sorted(found, key=lambda row: [str(row[key]) for key in KEYS[name]])


def same(name, one, these, other, those):
    if len(these) != len(those):
        fail(f"{name}: {len(these)} rows by {one}, {len(those)} by {other}")
    for this, that in zip(these, those):
        if this != that:
            columns = [column for column in this if this[column] != that.get(column)]
            key = [this[column] for column in KEYS[name]]
            fail(f"{name}: row {key} differs between {one} and {other} in {columns}")


def fed(name, feed):
    """The rows that a feed adds up to: a run's row is written when it begins, and in its place how it ended."""
    kinds = Counter(feed.column("_change_type").to_pylist())
    expected = {"insert", "delete"} if name == "runs" else {"insert"}
    if set(kinds) - expected:
        fail(f"{name}: the feed holds {dict(kinds)}, expected {sorted(expected)}")
    left = {}
    for row in sorted(feed.to_pylist(), key=lambda row: (row["_commit_version"], row["_change_type"] == "insert")):
        key = tuple(str(row[column]) for column in KEYS[name])
        if row["_change_type"] == "delete":
            left.pop(key)
        else:
            left.setdefault(key, []).append({column: row[column] for column in row if column not in FEED})
    columns = pyarrow.schema([field for field in feed.schema if field.name not in FEED])
    return pyarrow.Table.from_pylist([row for rows_of_key in left.values() for row in rows_of_key], schema=columns)


def native(connection, path):
    """The table by DuckDB's own reader of Delta; none where that extension is not installed."""
    connection.execute("SET autoinstall_known_extensions = false")
    if duckdb_ext is not None:
        duckdb_ext.init(connection)
    try:
        connection.execute("LOAD delta")
    except duckdb.Error:
        return None
    return connection.sql("SELECT * FROM delta_scan(?)", params=[path]).to_arrow_table()


def read(directory, name):
    path = f"{directory}/{name}"
    delta = DeltaTable(path)
    table = delta.to_pyarrow_table()
    expected = rows(table, name)
    feed = pyarrow.table(delta.load_cdf(starting_version=0).read_all())
    same(name, "the table", expected, "the change feed", rows(fed(name, feed), name))
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("t", table)
    connection.register("feed", feed)
    inserted = f"SELECT * EXCLUDE ({', '.join(FEED)}) FROM feed WHERE _change_type = 'insert'"
    if name == "runs":
        inserted += " QUALIFY row_number() OVER (PARTITION BY run_id ORDER BY _commit_version DESC) = 1"
    for source, query in (("DuckDB", "SELECT * FROM t"), ("DuckDB from the feed", inserted)):
        seen = connection.sql(query).to_arrow_table()
        same(name, "delta-rs", expected, source, rows(seen, name))
    own = native(connection, path)
    if own is not None:
        same(name, "delta-rs", expected, "DuckDB's delta_scan", rows(own, name))
    readers = "delta-rs and DuckDB" if own is None else "delta-rs, DuckDB and its delta_scan"
    print(f"check-tables: {name}: {len(expected)} rows, table and feed alike by {readers}")
    return expected


def counted(labels, column, kept=lambda row: True):
    values = Counter(str(row[column]) for row in labels if row[column] is not None and kept(row))
    return {key: count for key, count in values.items() if count}


def compare_summary(path, labels):
    with open(path, encoding="utf-8") as file:
        summary = json.load(file)
    mine = [row for row in labels if row["run_id"] == summary["run_id"]]
    seen = {
        "exchanges": len(mine),
        "input_tokens": sum(row["input_tokens"] for row in mine),
        "by_status": counted(mine, "label_status"),
        "prompts_by_category": counted(mine, "prompt_category"),
        "responses_by_category": counted(mine, "response_category"),
        "by_severity": counted(mine, "severity"),
    }
    for figure, value in seen.items():
        expected = summary[figure]
        if isinstance(expected, dict):
            expected = {key: count for key, count in expected.items() if count}
        if value != expected:
            fail(f"run {summary['run_id']}: {figure} is {value} by delta-rs, {expected} by Spark")
    return summary


def strings(value):
    """All texts in a record, one after the other."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = list(value.values())
    return "\n".join(strings(each) for each in value) if isinstance(value, list) else ""


def compare_joined(path, labels):
    """Each label stands beside a record that holds its texts."""
    with open(path, encoding="utf-8") as file:
        joined = [json.loads(line) for line in file]
    if len(joined) != len(labels):
        fail(f"{len(joined)} labels are joined with records, of {len(labels)}")
    for pair in joined:
        label, record = pair["label"], pair["record"]
        texts = strings(json.loads(record) if isinstance(record, str) else record)
        for column in ("prompt_text", "response_text"):
            if label[column] is not None and label[column].strip() not in texts:
                fail(f"{label['input_file']} row {label['input_row']} has another {column}")
    print(f"check-tables: {len(joined)} labels stand beside the records with their texts")


def check_current_labels(directory):
    """The view has every exchange once, by the later of two models where both have labelled it."""
    labels, runs = (DeltaTable(f"{directory}/{name}").to_pyarrow_table() for name in ("labels", "runs"))
    connection = duckdb.connect()
    later = "SELECT * REPLACE ('later' AS model_revision) FROM {}"
    for name, table, some in (("labels", labels, "turn_index = 0"), ("runs", runs, "true")):
        connection.register(f"{name}_there", table)
        again = later.format(f"{name}_there") + f" WHERE {some}"
        if name == "runs":
            again = again.replace("REPLACE (", "REPLACE (started_at + INTERVAL 1 DAY AS started_at, ")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {name}_there UNION ALL {again}")
    with open("conf/sql/current_labels.sql", encoding="utf-8") as view:
        connection.execute(view.read())
    seen = connection.sql("SELECT turn_index = 0, model_revision = 'later' FROM current_labels").fetchall()
    first_turns = sum(turn == 0 for turn in labels["turn_index"].to_pylist())
    expected = Counter({(True, True): first_turns, (False, False): len(labels) - first_turns})
    if Counter(seen) != +expected:
        fail(f"current_labels has {Counter(seen)} by first turn and later model, not {+expected}")
    print(f"check-tables: current_labels has the label that counts of {len(seen)} exchanges")


def either(values):
    """Whether any is true: None where none is and one is None."""
    return True if True in values else None if None in values else False


def check_views(directory):
    """Conversations and categories as the views count them, and as they are counted here."""
    connection = duckdb.connect()
    for name in ("labels", "runs", "categories"):
        connection.register(name, DeltaTable(f"{directory}/{name}").to_pyarrow_table())
    for view in ("current_labels", "conversations", "category_counts"):
        with open(f"conf/sql/{view}.sql", encoding="utf-8") as file:
            connection.execute(file.read())
    current = connection.sql("SELECT * FROM current_labels")
    labels = [dict(zip(current.columns, row)) for row in current.fetchall()]
    verdicts, severities = {}, {}
    for row in labels:
        whole = row["label_status"] in ("ok", "truncated")
        for side in ("prompt_harmful", "response_harmful"):
            verdict = False if whole and row[side] is None else row[side]
            verdicts.setdefault(row["conversation_id"], []).append(verdict)
        severities.setdefault(row["conversation_id"], []).append(row["severity"])
    expected = {
        key: (either(verdicts[key]), max((s for s in severities[key] if s is not None), default=None))
        for key in verdicts
    }
    seen = connection.sql("SELECT conversation_id, harmful, max_severity FROM conversations").fetchall()
    if {key: (harmful, severity) for key, harmful, severity in seen} != expected:
        fail("conversations are rolled up otherwise than their labels say")
    counts = connection.sql("SELECT prompt_pack, code, prompts, replies FROM category_counts").fetchall()
    prompts, replies = (
        Counter((row["prompt_pack"], row[f"{side}_category"]) for row in labels) for side in ("prompt", "response")
    )
    if counts != [(pack, code, prompts[pack, code], replies[pack, code]) for pack, code, _, _ in counts]:
        fail(f"category_counts has {counts}, the labels {prompts} and {replies}")
    print(f"check-tables: {len(seen)} conversations and {len(counts)} categories add up to their labels")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    directory = sys.argv[1]
    tables = {name: read(directory, name) for name in KEYS}
    by_run = Counter(row["run_id"] for row in tables["labels"])
    for run in tables["runs"]:
        if run["exchanges"] != by_run[run["run_id"]]:
            fail(f"run {run['run_id']}: {run['exchanges']} exchanges, {by_run[run['run_id']]} rows")
    for row in tables["labels"]:
        probabilities = row["severity_probabilities"]
        if probabilities is not None and abs(sum(probabilities) - 1) > 1e-6:
            fail(f"severity probabilities of {row['conversation_id']} are {probabilities}")
    check_current_labels(directory)
    check_views(directory)
    names = {row["code"]: row["name"] for row in tables["categories"]}
    for summary in (compare_summary(path, tables["labels"]) for path in sys.argv[3:]):
        if summary["category_names"] != names:
            fail(f"categories are {names}, in the summary {summary['category_names']}")
    if len(sys.argv) > 2:
        compare_joined(sys.argv[2], tables["labels"])
        print("check-tables: counts and names agree with those of the runs' summaries")


if __name__ == "__main__":
    main()
