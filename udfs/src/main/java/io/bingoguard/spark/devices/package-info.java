/** The engines of a JVM, and where in the cluster it runs. */
package io.bingoguard.spark.devices;
