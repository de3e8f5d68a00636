/** Pairs of labels, counted by Spark; what comes to the driver does not grow with the rows. */
package io.bingoguard.compare.count;
