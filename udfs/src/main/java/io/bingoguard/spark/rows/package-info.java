/** Rows of exchanges and of labels: their columns, and how they are written and read. */
package io.bingoguard.spark.rows;
