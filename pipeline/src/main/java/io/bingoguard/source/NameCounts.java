package io.bingoguard.source;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/** Counts how often names occur, over all tasks; beyond a number of different names, others. */
final class NameCounts extends AccumulatorV2<String, SortedMap<String, Long>> {
  static final String OTHERS = "others";
  private static final int MOST_NAMES = 100;

  private final SortedMap<String, Long> counts = new TreeMap<>();

  @Override
  public synchronized void add(String name) {
    add(name, 1);
  }

  private void add(String name, long count) {
    boolean full = counts.size() >= MOST_NAMES && !counts.containsKey(name);
    counts.merge(full ? OTHERS : name, count, Long::sum);
  }

  @Override
  public synchronized void merge(AccumulatorV2<String, SortedMap<String, Long>> other) {
    other.value().forEach(this::add);
  }

  @Override
  public synchronized SortedMap<String, Long> value() {
    return new TreeMap<>(counts);
  }

  @Override
  public synchronized boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public synchronized NameCounts copy() {
    NameCounts copy = new NameCounts();
    copy.merge(this);
    return copy;
  }

  @Override
  public synchronized void reset() {
    counts.clear();
  }
}
