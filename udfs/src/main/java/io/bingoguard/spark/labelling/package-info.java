/** Judging inside {@code mapPartitions}. */
package io.bingoguard.spark.labelling;
