"""Calls every SQL function of the jar from PySpark; see check-sql.

    check-sql.py JAR MASTER
"""

import hashlib
import re
import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import expr

CONVERSATIONS = "pipeline/src/main/resources/io/bingoguard/sample/conversations.jsonl"
EXAMPLE = re.compile(r"> (SELECT .*)\n +(.*)")
FUNCTIONS = 9


def fail(message):
    sys.exit(f"check-sql: {message}")


def expect(what, seen, expected):
    if seen != expected:
        fail(f"{what} gives {seen!r}, expected {expected!r}")


def content_hash(prompt, response):
    digest = hashlib.sha256()
    for text in (prompt, response):
        data = b"" if text is None else text.encode()
        digest.update((-1 if text is None else len(data)).to_bytes(8, "big", signed=True) + data)
    return digest.hexdigest()


def shown(row):
    """A row as manuals show it."""
    plain = {None: "NULL", True: "true", False: "false"}
    return "\t".join(plain[value] if value is None or isinstance(value, bool) else str(value) for value in row)


def check_manuals(spark):
    """Every function has a manual, and its examples give what they say."""
    names = [row[0] for row in spark.sql("SHOW FUNCTIONS LIKE 'bingoguard_*'").collect()]
    expect("the number of functions", len(names), FUNCTIONS)
    for name in names:
        manual = "\n".join(row[0] for row in spark.sql(f"DESCRIBE FUNCTION EXTENDED {name}").collect())
        examples = EXAMPLE.findall(manual)
        if not examples:
            fail(f"{name} has no examples: {manual}")
        for query, value in examples:
            expect(query, shown(spark.sql(query).first()), value)


def check_frame(spark):
    """A DataFrame in hand: its exchanges, their labels, and what becomes of each conversation."""
    conversations = spark.read.json(CONVERSATIONS).limit(40).repartition(4)
    exchanges = conversations.select(
        expr("bingoguard_conversation_id(messages)").alias("id"),
        expr("explode(bingoguard_exchanges(messages))").alias("e"),
    ).select("id", "e.*")
    labelled = exchanges.where("error_code IS NULL").select(
        "*", expr("bingoguard_label(prompt, response)").alias("label"))
    rows = labelled.select(
        "*",
        expr("bingoguard_content_hash(prompt, response)").alias("hash"),
        expr("bingoguard_severity_name(label.severity)").alias("severity_name"),
        expr("bingoguard_category_name(label.response_category)").alias("category"),
        expr("bingoguard_harmful_at(label.response_probability, 0.5)").alias("at_half"),
        expr("bingoguard_severity_score(label.severity_probabilities)").alias("score"),
    ).collect()
    if len(rows) < 40:
        fail(f"{len(rows)} exchanges of 40 conversations")
    for row in rows:
        expect("bingoguard_content_hash", row.hash, content_hash(row.prompt, row.response))
        expect("the label's hash", row.label.content_hash, row.hash)
        expect("the label's model", row.label.model_id, "bingoguard-mini")
        if (row.category is None) == bool(row.label.response_harmful):
            fail(f"a reply that is harmful or not ({row.label.response_harmful}) has the category {row.category}")
        if row.label.severity_probabilities is not None and abs(row.score - row.label.severity_score) > 1e-9:
            fail(f"the severity score is {row.score}, in the label {row.label.severity_score}")
    seen = {
        row.id: (row.r.harmful, row.r.max_severity)
        for row in labelled.groupBy("id")
        .agg(expr("bingoguard_rollup(label.response_harmful, label.severity)").alias("r")).collect()
    }
    expected = {}
    for row in rows:
        expected.setdefault(row.id, []).append(row.label)
    for key, labels in expected.items():
        verdicts = [label.response_harmful for label in labels]
        severities = [label.severity for label in labels if label.severity is not None]
        harmful = True if True in verdicts else None if None in verdicts else False
        expect(f"the roll-up of {verdicts}", seen[key], (harmful, max(severities, default=None)))
    return len(rows)


def check_errors(spark):
    try:
        spark.range(1).select(expr("bingoguard_severity_name(int(id) + 9)")).collect()
    except Exception as failure:
        if "error [SQL_ARGUMENT_INVALID]" not in str(failure):
            fail(f"a wrong level is told as {failure}")
    else:
        fail("a wrong level is no error")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    jar, master = sys.argv[1:]
    spark = (
        SparkSession.builder.master(master)
        .config("spark.jars", jar)
        .config("spark.sql.extensions", "io.bingoguard.spark.BingoGuardExtensions")
        .config("spark.executor.memory", "900m")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "OFF")
        .getOrCreate()
    )
    check_manuals(spark)
    exchanges = check_frame(spark)
    check_errors(spark)
    spark.stop()
    print(f"check-sql: {FUNCTIONS} functions on {master}, {exchanges} exchanges labelled")


if __name__ == "__main__":
    main()
