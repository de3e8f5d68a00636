/** Judging as a stage of Spark ML pipelines. */
package io.bingoguard.spark.ml;
