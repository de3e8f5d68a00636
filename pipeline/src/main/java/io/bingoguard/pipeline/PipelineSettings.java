package io.bingoguard.pipeline;

import io.bingoguard.spark.CacheProperties;
import io.bingoguard.spark.EngineProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import scala.collection.Iterator;

/** The driver's {@code spark.bingoguard.*} settings: keys, defaults and typed values. */
public final class PipelineSettings {
  /** All settings of this project begin so. */
  public static final String PREFIX = "spark.bingoguard.";

  /** Most input files of one micro-batch; a run that stops goes on after the last full batch. */
  public static final String MAX_FILES_PER_BATCH = PREFIX + "source.maxFilesPerBatch";

  public static final int MAX_FILES_PER_BATCH_DEFAULT = 32;

  /** Time between progress lines where standard error is no terminal. */
  public static final String PROGRESS_INTERVAL = PREFIX + "progress.interval";

  public static final String PROGRESS_INTERVAL_DEFAULT = "10s";

  private final Map<String, String> values;

  private PipelineSettings(Map<String, String> values) {
    this.values = values;
  }

  /** The settings of a session; what the session changed beats what the application began with. */
  public static PipelineSettings of(SparkSession spark) {
    Map<String, String> values = new TreeMap<>();
    Iterator<Tuple2<String, String>> entries = spark.conf().getAll().iterator();
    while (entries.hasNext()) {
      Tuple2<String, String> entry = entries.next();
      if (entry._1().startsWith(PREFIX)) {
        values.put(entry._1(), entry._2());
      }
    }
    return of(values);
  }

  /** The settings of a map with full keys. */
  public static PipelineSettings of(Map<String, String> values) {
    return new PipelineSettings(Map.copyOf(values));
  }

  /**
   * Most input files of one micro-batch.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_INVALID
   */
  public int maxFilesPerBatch() {
    int files =
        value(MAX_FILES_PER_BATCH, MAX_FILES_PER_BATCH_DEFAULT, Integer::valueOf, "a whole number");
    if (files < 1) {
      throw PipelineErrors.settingInvalid(
          MAX_FILES_PER_BATCH, values.get(MAX_FILES_PER_BATCH), "a whole number from 1");
    }
    return files;
  }

  /**
   * Time between progress lines where standard error is no terminal.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_INVALID
   */
  public Duration progressInterval() {
    Duration interval =
        value(
            PROGRESS_INTERVAL,
            duration(PROGRESS_INTERVAL_DEFAULT),
            PipelineSettings::duration,
            "a time with its unit, for example 10s");
    if (interval.isZero() || interval.isNegative()) {
      throw PipelineErrors.settingInvalid(
          PROGRESS_INTERVAL, values.get(PROGRESS_INTERVAL), "a time above zero");
    }
    return interval;
  }

  /** Every setting of this project that was given, the engine's included. */
  public Map<String, String> given() {
    return values;
  }

  /**
   * Refuses settings of this project that do not exist: one that is misspelled would do nothing.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_UNKNOWN
   */
  public void refuseUnknown() {
    Set<String> known = new TreeSet<>(EngineProperties.KEYS);
    known.addAll(CacheProperties.KEYS);
    known.add(MAX_FILES_PER_BATCH);
    known.add(PROGRESS_INTERVAL);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw PipelineErrors.settingUnknown(key, List.copyOf(known));
      }
    }
  }

  private <T> T value(String key, T fallback, Function<String, T> parse, String expected) {
    String text = values.get(key);
    if (text == null) {
      return fallback;
    }
    try {
      return Objects.requireNonNull(parse.apply(text));
    } catch (IllegalArgumentException e) {
      throw PipelineErrors.settingInvalid(key, text, expected);
    }
  }

  private static Duration duration(String text) {
    return Duration.ofMillis(JavaUtils.timeStringAsMs(text));
  }
}
