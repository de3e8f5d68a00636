"""Safety labels for PySpark DataFrames. The jar of bingoguard-spark has to be on Spark's classpath (``spark.jars``)."""

from bingoguard.transformer import BingoGuard, label

__all__ = ["BingoGuard", "label"]
