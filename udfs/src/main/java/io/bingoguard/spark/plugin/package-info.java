/** The Spark plugin: warm-up and metrics. */
package io.bingoguard.spark.plugin;
