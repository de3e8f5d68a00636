/** What counts of pairs tell, and how surely; nothing here knows of labels. */
package io.bingoguard.compare.statistic;
