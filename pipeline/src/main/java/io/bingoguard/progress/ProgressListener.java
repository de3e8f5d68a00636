package io.bingoguard.progress;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Adds up what tasks have counted: finished tasks by their final value, running ones by what
 * executors report with each heartbeat. Each partition of a stage counts once: of several attempts
 * the first that succeeds, until then the one that is farthest; a failed attempt counts nothing.
 */
public final class ProgressListener extends SparkListener {
  private final long itemsId;
  private final long unitsId;
  private final Map<Long, Partition> partitions = new HashMap<>();
  private final Map<Long, ProgressCounts> running = new HashMap<>();
  private final Set<Partition> done = new HashSet<>();
  private ProgressCounts finished = ProgressCounts.NONE;

  /**
   * Listens to two accumulators.
   *
   * @param itemsId id of the accumulator of items
   * @param unitsId id of the accumulator of units; may be the same
   */
  public ProgressListener(long itemsId, long unitsId) {
    this.itemsId = itemsId;
    this.unitsId = unitsId;
  }

  /** What is counted up to what is known now. */
  public synchronized ProgressCounts counts() {
    Map<Partition, ProgressCounts> farthest = new HashMap<>();
    running.forEach(
        (task, counts) -> {
          Partition partition = partitions.get(task);
          if (partition != null && !done.contains(partition)) {
            farthest.merge(partition, counts, ProgressCounts::max);
          }
        });
    return farthest.values().stream().reduce(finished, ProgressCounts::plus);
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    partitions.put(
        start.taskInfo().taskId(), new Partition(start.stageId(), start.taskInfo().index()));
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    var updates = heartbeat.accumUpdates().iterator();
    while (updates.hasNext()) {
      var update = updates.next();
      long task = (Long) update._1();
      // A heartbeat that arrives after the end of its task says nothing new.
      if (partitions.containsKey(task)) {
        running.put(task, read(update._4()));
      }
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    long task = end.taskInfo().taskId();
    running.remove(task);
    Partition partition = partitions.remove(task);
    if (partition != null && end.taskInfo().successful() && done.add(partition)) {
      finished = finished.plus(read(end.taskInfo().accumulables()));
    }
  }

  private ProgressCounts read(Seq<AccumulableInfo> updates) {
    long items = 0;
    long units = 0;
    Iterator<AccumulableInfo> each = updates.iterator();
    while (each.hasNext()) {
      AccumulableInfo info = each.next();
      if (info.id() == itemsId) {
        items = value(info);
      }
      if (info.id() == unitsId) {
        units = value(info);
      }
    }
    return new ProgressCounts(items, units);
  }

  private static long value(AccumulableInfo info) {
    return info.update().isDefined() && info.update().get() instanceof Long count ? count : 0;
  }

  private record Partition(int stage, int index) {}
}
