"""Judging as a stage of PySpark pipelines."""

from pyspark import keyword_only
from pyspark.ml import Transformer
from pyspark.ml.param import Param, TypeConverters
from pyspark.ml.util import DefaultParamsReadable, DefaultParamsWritable
from pyspark.sql import DataFrame

JAVA_CLASS = "io.bingoguard.spark.ml.BingoGuardTransformer"

PARAMS = {
    "prompt_col": ("promptCol", "column with user messages; empty for none", "prompt"),
    "response_col": ("responseCol", "column with replies; empty for none", "response"),
    "output_col": ("outputCol", "column that gets the label, a struct", "safety"),
    "error_col": ("errorCol", "column that gets the error message of the label; empty for none", ""),
    "annotation_col": (
        "annotationCol",
        "column that gets the verdicts as Spark NLP annotations of type category; empty for none",
        "",
    ),
    "model": ("model", "model directory; empty for the session's spark.bingoguard.model", ""),
    "severity": ("severity", "which replies are asked for their severity: flagged, all or off", "flagged"),
    "long_text": ("longText", "what becomes of texts that do not fit: window, truncate or skip", "window"),
}


class BingoGuard(Transformer, DefaultParamsReadable, DefaultParamsWritable):
    """Adds labels to a DataFrame that has prompts, responses or both.

    The label is a struct of the columns of the labels table that are about the texts. Whenever Spark evaluates the
    result anew, the texts are judged anew: cache what is used twice.
    """

    @keyword_only
    def __init__(
        self,
        *,
        prompt_col=None,
        response_col=None,
        output_col=None,
        error_col=None,
        annotation_col=None,
        model=None,
        severity=None,
        long_text=None,
    ):
        super().__init__()
        given = self._input_kwargs
        for name, (param, meaning, default) in PARAMS.items():
            setattr(self, param, Param(self, param, meaning, typeConverter=TypeConverters.toString))
            self._setDefault(**{param: default})
            if given.get(name) is not None:
                self._set(**{param: given[name]})

    def _transform(self, dataset):
        session = dataset.sparkSession
        java_class = session._jvm
        for part in JAVA_CLASS.split("."):
            java_class = getattr(java_class, part)
        try:
            transformer = java_class(self.uid)
        except TypeError as missing:
            raise RuntimeError(
                f"There is no class {JAVA_CLASS}: the jar of bingoguard-spark is not on Spark's classpath. "
                "Name it by spark.jars, or spark-submit --jars."
            ) from missing
        for param, _, _ in PARAMS.values():
            transformer.set(transformer.getParam(param), self.getOrDefault(param))
        return DataFrame(transformer.transform(dataset._jdf), session)


def label(dataset, **options):
    """The DataFrame with labels; options are those of BingoGuard."""
    return BingoGuard(**options).transform(dataset)
