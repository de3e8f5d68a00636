package io.bingoguard.audit;

import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Thresholds;
import io.bingoguard.audit.metric.CountSettings;
import java.util.Objects;
import java.util.Set;

/**
 * How an audit is made.
 *
 * @param counting what is counted, and how
 * @param thresholds when a figure is out of the ordinary
 * @param measures which measures are watched
 * @param byCategory whether harm is watched by category too
 * @param sources how many sources are watched, those of the largest volume
 * @param languages the same of languages
 * @param expectedWithinDays where no night is asked for, the newest night with labels is at most so
 *     many days old
 * @param historyNights days that are looked back
 */
public record AuditSettings(
    CountSettings counting,
    Thresholds thresholds,
    Set<Measure> measures,
    boolean byCategory,
    int sources,
    int languages,
    int expectedWithinDays,
    int historyNights) {
  /** What is used where nothing else is said. */
  public static final AuditSettings USUAL =
      new AuditSettings(
          CountSettings.USUAL, Thresholds.USUAL, Set.of(Measure.values()), true, 20, 5, 2, 400);

  public AuditSettings {
    Objects.requireNonNull(counting, "counting");
    Objects.requireNonNull(thresholds, "thresholds");
    measures = Set.copyOf(measures);
  }
}
