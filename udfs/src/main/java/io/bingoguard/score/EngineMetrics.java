package io.bingoguard.score;

import io.bingoguard.guard.LabelStatus;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts and times of an engine since it was opened. Safe for use by several threads. */
public final class EngineMetrics {
  private final Map<EngineCounter, LongAdder> counts =
      Arrays.stream(EngineCounter.values())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), each -> new LongAdder()));

  public void add(EngineCounter counter, long amount) {
    counts.get(counter).add(amount);
  }

  void labelled(LabelStatus status) {
    if (status == LabelStatus.OFF_FORMAT) {
      add(EngineCounter.OFF_FORMAT, 1);
    } else if (status == LabelStatus.ERROR) {
      add(EngineCounter.ERRORS, 1);
    }
  }

  public Snapshot snapshot() {
    return new Snapshot(
        counts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().sum())));
  }

  /**
   * The counters at one moment.
   *
   * @param counts of what is not named there is none
   */
  public record Snapshot(Map<EngineCounter, Long> counts) implements Serializable {
    public Snapshot {
      counts = Map.copyOf(counts);
    }

    public long of(EngineCounter counter) {
      return counts.getOrDefault(counter, 0L);
    }

    /** Time in which the device computed, or was being given work. */
    public long busyNanos() {
      return of(EngineCounter.PACK_NANOS)
          + of(EngineCounter.PREFIX_NANOS)
          + of(EngineCounter.FORWARD_NANOS);
    }
  }
}
