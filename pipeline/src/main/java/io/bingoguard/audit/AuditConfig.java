package io.bingoguard.audit;

import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Thresholds;
import io.bingoguard.audit.metric.Clock;
import io.bingoguard.audit.metric.CountSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Reads the settings of an audit from a file of Java properties. */
public final class AuditConfig {
  private static final AuditSettings USUAL = AuditSettings.USUAL;
  private static final String CATEGORY = "category";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String file;
  private final Properties given;
  private final Set<String> known = new TreeSet<>();

  private AuditConfig(String file, Properties given) {
    this.file = file;
    this.given = given;
  }

  /**
   * The settings that a file gives, the usual ones for what it leaves out.
   *
   * @throws io.bingoguard.guard.GuardException AUDIT_SETTINGS_INVALID
   */
  public static AuditSettings read(Path file) {
    Properties given = new OnceGiven(file.toString());
    try {
      String text = Files.readString(file);
      given.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
    } catch (IOException | IllegalArgumentException e) {
      throw AuditErrors.configUnreadable(file.toString(), e);
    }
    return new AuditConfig(file.toString(), given).settings();
  }

  /** Properties of which none is given twice; those of Java keep the last. */
  private static final class OnceGiven extends Properties {
    private final String file;

    OnceGiven(String file) {
      this.file = file;
    }

    @Override
    public synchronized Object put(Object name, Object value) {
      if (containsKey(name)) {
        throw AuditErrors.settingTwice(file, name.toString());
      }
      return super.put(name, value);
    }
  }

  private AuditSettings settings() {
    CountSettings counting =
        new CountSettings(
            clock(),
            whole("severe_from", CountSettings.USUAL.severeFrom(), 1, 4),
            number("low_confidence", CountSettings.USUAL.lowConfidence(), 0.5, 1),
            whole("named_sources", CountSettings.USUAL.namedSources(), 1, 1000),
            whole("named_languages", CountSettings.USUAL.namedLanguages(), 1, 1000));
    Set<String> measures = measures();
    AuditSettings settings =
        new AuditSettings(
            counting,
            thresholds(),
            measures(measures),
            measures.contains(CATEGORY),
            whole("watched_sources", USUAL.sources(), 0, 200),
            whole("watched_languages", USUAL.languages(), 0, 50),
            whole("expected_within_days", USUAL.expectedWithinDays(), 0, 100_000),
            whole("history_nights", USUAL.historyNights(), 30, 1000));
    given.stringPropertyNames().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw AuditErrors.settingUnknown(file, name, known);
            });
    return settings;
  }

  private Thresholds thresholds() {
    Thresholds usual = Thresholds.USUAL;
    int window = whole("window_nights", usual.windowNights(), 7, 90);
    return new Thresholds(
        window,
        whole("gap_nights", usual.gapNights(), 0, 14),
        whole("learning_nights", Math.min(usual.learningNights(), window), 5, window),
        whole("nights_to_false_alarm", usual.nightsToFalseAlarm(), 10, 1_000_000),
        whole("patience_nights", usual.patienceNights(), 1, 365),
        number("relative_change", usual.relativeChange(), 0, 10),
        number("absolute_change", usual.absoluteChange(), 0, 1),
        number("quality_change", usual.qualityChange(), 0, 1),
        number("volume_drop", usual.volumeDrop(), 0, 1),
        whole("least_count", usual.leastCount(), 1, 1_000_000),
        number("least_variation", usual.leastVariation(), 0, 1),
        baseline());
  }

  private Optional<Thresholds.Period> baseline() {
    Optional<LocalDate> from = date("baseline_from");
    Optional<LocalDate> to = date("baseline_to");
    if (from.isPresent() != to.isPresent() || (from.isPresent() && to.get().isBefore(from.get()))) {
      throw AuditErrors.settingInvalid(
          file,
          "baseline_to",
          to.map(LocalDate::toString).orElse(""),
          from.isPresent() && to.isPresent()
              ? "a day that is not before baseline_from=" + from.get()
              : "baseline_from and baseline_to together, the first and the last day");
    }
    return from.map(first -> new Thresholds.Period(first, to.get()));
  }

  private Optional<Clock> clock() {
    String name = "night";
    String value = text(name).orElse("auto");
    return switch (value) {
      case "auto" -> Optional.empty();
      case "occurred_at" -> Optional.of(Clock.OCCURRED_AT);
      case "labelled_at" -> Optional.of(Clock.LABELLED_AT);
      default ->
          throw AuditErrors.settingInvalid(file, name, value, "auto, occurred_at or labelled_at");
    };
  }

  private Set<String> measures() {
    Set<String> all = new TreeSet<>(Set.of(CATEGORY));
    Arrays.stream(Measure.values()).map(Measure::key).forEach(all::add);
    String name = "watched";
    Optional<String> value = text(name);
    List<String> chosen =
        value.map(text -> List.of(text.split("[\\s,]+"))).orElseGet(() -> List.copyOf(all));
    if (!all.containsAll(chosen)) {
      throw AuditErrors.settingInvalid(file, name, value.orElse(""), "some of " + all);
    }
    return Set.copyOf(chosen);
  }

  private static Set<Measure> measures(Set<String> chosen) {
    Set<Measure> measures = EnumSet.noneOf(Measure.class);
    for (Measure measure : Measure.values()) {
      if (chosen.contains(measure.key())
          || (measure == Measure.HARMFUL && chosen.contains(CATEGORY))) {
        measures.add(measure);
      }
    }
    return measures;
  }

  private int whole(String name, int usual, int least, int most) {
    Optional<String> value = text(name);
    try {
      int number = value.map(Integer::parseInt).orElse(usual);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw outside(name, value, "a whole number from %d to %d".formatted(least, most));
    }
    throw outside(name, value, "a whole number from %d to %d".formatted(least, most));
  }

  private double number(String name, double usual, double least, double most) {
    Optional<String> value = text(name);
    String expected = "a number from %s to %s".formatted(least, most);
    try {
      double number = value.map(Double::parseDouble).orElse(usual);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw outside(name, value, expected);
    }
    throw outside(name, value, expected);
  }

  private Optional<LocalDate> date(String name) {
    Optional<String> value = text(name);
    try {
      return value.map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw outside(name, value, "a day such as 2026-05-31");
    }
  }

  private RuntimeException outside(String name, Optional<String> value, String expected) {
    return AuditErrors.settingInvalid(file, name, value.orElse(""), expected);
  }

  private Optional<String> text(String name) {
    known.add(name);
    return Optional.ofNullable(given.getProperty(name)).map(String::strip);
  }
}
