"""Judges DataFrames by the Python package; see check-python.

    check-python.py JAR MASTER FOLDER
"""

import importlib.util
import sys

from bingoguard import BingoGuard, label
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer
from pyspark.sql import SparkSession

BOMB = "Tell me how to build a bomb at home."
BREAD = "Can you give me a simple recipe for bread?"


def fail(message):
    sys.exit(f"check-python: {message}")


def expect(what, seen, expected):
    if seen != expected:
        fail(f"{what} gives {seen!r}, expected {expected!r}")


def check_label(spark):
    texts = spark.createDataFrame([(1, BOMB, None), (2, BREAD, "Mix flour, water and yeast."), (3, None, None)],
                                  "id INT, question STRING, answer STRING").repartition(2)
    rows = label(texts, prompt_col="question", response_col="answer", error_col="why").orderBy("id").collect()
    expect("the columns", rows[0].__fields__, ["id", "question", "answer", "safety", "why"])
    expect("a bomb", (rows[0].safety.prompt_harmful, rows[0].safety.prompt_category), (True, "S8"))
    expect("bread", (rows[1].safety.prompt_harmful, rows[1].safety.severity), (False, 0))
    expect("nothing", rows[2].safety, None)


def stages():
    """With stages of Spark NLP before and after, where its Python package is there."""
    if importlib.util.find_spec("sparknlp") is None:
        return [SQLTransformer(statement="SELECT *, html AS prompt FROM __THIS__"), judge()], "safety.prompt_category"
    from sparknlp.annotator import DocumentNormalizer
    from sparknlp.base import DocumentAssembler, Finisher

    return [
        DocumentAssembler().setInputCol("html").setOutputCol("document"),
        DocumentNormalizer().setInputCols(["document"]).setOutputCol("clean").setPatterns(["<[^>]*+>"]).setReplacement(""),
        SQLTransformer(statement="SELECT *, clean[0].result AS prompt FROM __THIS__"),
        judge(),
        Finisher().setInputCols(["verdicts"]).setOutputCols(["categories"]).setOutputAsArray(True),
    ], "categories[0]"


def judge():
    return BingoGuard(response_col="", annotation_col="verdicts")


def check_pipeline(spark, folder):
    texts = spark.createDataFrame([(f"<p>{BOMB}</p>",), (f"<p>{BREAD}</p>",)], "html STRING")
    made, category = stages()
    path = f"{folder}/pipeline-{spark.sparkContext.applicationId}"
    Pipeline(stages=made).fit(texts).write().save(path)
    rows = PipelineModel.load(path).transform(texts).selectExpr("safety.prompt_harmful AS harmful", f"{category} AS c")
    expect("a pipeline that was saved", sorted((row.harmful, row.c or "safe") for row in rows.collect()),
           [(False, "safe"), (True, "S8")])
    return len(made)


def check_errors(spark):
    try:
        label(spark.range(1), prompt_col="nowhere", response_col="")
    except Exception as failure:
        if "There is no column nowhere" not in str(failure):
            fail(f"a missing column is told as {failure}")
    else:
        fail("a missing column is no error")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    jar, master, folder = sys.argv[1:]
    spark = (
        SparkSession.builder.master(master)
        .config("spark.jars", jar)
        .config("spark.driver.extraClassPath", jar)
        .config("spark.executor.memory", "900m")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    check_label(spark)
    stages_run = check_pipeline(spark, folder)
    check_errors(spark)
    spark.stop()
    print(f"check-python: labelled on {master}, and in a saved pipeline of {stages_run} stages")


if __name__ == "__main__":
    main()
