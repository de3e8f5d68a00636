package io.bingoguard.audit.alarm;

import java.util.Locale;

/** What of the labels is watched. */
public enum Measure {
  /** Harmful messages among those judged. */
  HARMFUL(Scale.RATE, Direction.BOTH, "harm"),
  /** Severe replies among those judged. */
  SEVERE(Scale.RATE, Direction.BOTH, "harm"),
  /** Verdicts of which the model was not sure among those judged. */
  LOW_CONFIDENCE(Scale.RATE, Direction.UP, "confidence"),
  /** Exchanges of which text was cut. */
  TRUNCATED(Scale.RATE, Direction.UP, "truncation"),
  /** Exchanges that could not be judged. */
  ERRORS(Scale.RATE, Direction.UP, "errors"),
  /** Exchanges on which the model did not answer as asked. */
  OFF_FORMAT(Scale.RATE, Direction.UP, "off_format"),
  /** Exchanges. */
  VOLUME(Scale.COUNT, Direction.DOWN, "volume");

  /** Which changes wake anybody. */
  enum Direction {
    UP,
    DOWN,
    BOTH;

    boolean counts(double change) {
      return this == BOTH || (change > 0) == (this == UP);
    }
  }

  private final Scale scale;
  private final Direction direction;
  private final String alarm;

  Measure(Scale scale, Direction direction, String alarm) {
    this.scale = scale;
    this.direction = direction;
    this.alarm = alarm;
  }

  Scale scale() {
    return scale;
  }

  Direction direction() {
    return direction;
  }

  /** The kind of its alarms. */
  public String alarm() {
    return alarm;
  }

  /** Its name in tables and files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its figures are shares. */
  public boolean isRate() {
    return scale == Scale.RATE;
  }
}
