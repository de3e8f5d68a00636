/** Judging inside Spark: row schemas, the mapPartitions function, the per-device dispatcher. */
package io.bingoguard.spark;
