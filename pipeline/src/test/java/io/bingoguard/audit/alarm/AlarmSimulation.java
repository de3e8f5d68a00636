package io.bingoguard.audit.alarm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often noise is taken for a change, and how soon changes are told, on simulated nights; {@code
 * scripts/benchmark-audit} prints it.
 */
public final class AlarmSimulation {
  static final int NIGHTS = 200;
  static final int STREAMS = 50;

  private static final int CHANGE = 120;
  private static final Thresholds THRESHOLDS = Thresholds.USUAL;
  private static final double NEEDED = (double) THRESHOLDS.nightsToFalseAlarm() * STREAMS;
  private static final Figure RATE = Figure.ofAll(Measure.HARMFUL, "response");

  private AlarmSimulation() {}

  /**
   * Prints the figures.
   *
   * @param arguments how many times each is simulated
   */
  public static void main(String[] arguments) {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    System.out.printf(
        Locale.ROOT,
        "%d nights, %d figures, %d times; stated: at least %d nights to a false alarm%n",
        NIGHTS,
        STREAMS,
        times,
        THRESHOLDS.nightsToFalseAlarm());
    for (double variation : new double[] {0.02, 0.05, 0.1, 0.2}) {
      long alarms = falseAlarms(times, variation);
      System.out.printf(
          Locale.ROOT,
          "  noise, rates vary by %2.0f%%: %d false alarms, one in %s nights%n",
          100 * variation,
          alarms,
          alarms == 0 ? "more than " + watchedNights(times) : watchedNights(times) / alarms);
    }
    told(
        "a source of 120 cases doubles its harmful share, varying by 10%",
        LongStream.range(0, times).mapToObj(seed -> doubledSource(seed, 0.1)).toList());
    told(
        "a category of 8,000 cases rises by a third, varying by 5%",
        LongStream.range(0, times).mapToObj(seed -> risenCategory(seed, 400_000, 0.05)).toList());
    told(
        "a category of 800 cases rises by a third, varying by 5%",
        LongStream.range(0, times).mapToObj(seed -> risenCategory(seed, 40_000, 0.05)).toList());
    told(
        "half of the volume is gone, varying by 10%",
        LongStream.range(0, times).mapToObj(seed -> lostVolume(seed, 0.1)).toList());
  }

  private static void told(String what, List<Optional<Integer>> nights) {
    long first = nights.stream().filter(night -> night.equals(Optional.of(1))).count();
    long second = nights.stream().filter(night -> night.equals(Optional.of(2))).count();
    System.out.printf(
        Locale.ROOT,
        "  %s: told on the first night %d, on the second %d, later or never %d%n",
        what,
        first,
        second,
        nights.size() - first - second);
  }

  /** Nights on which anything can be told, each with all figures. */
  static long watchedNights(int times) {
    return (long) times * (NIGHTS - THRESHOLDS.learningNights() - THRESHOLDS.gapNights());
  }

  /** Alarms of any figure on nights of noise. */
  static long falseAlarms(int times, double variation) {
    return LongStream.range(0, times)
        .parallel()
        .map(
            seed -> {
              SimulatedNights nights = new SimulatedNights(seed);
              return IntStream.range(0, STREAMS)
                  .mapToLong(stream -> alarms(nights.noise(NIGHTS, variation)))
                  .sum();
            })
        .sum();
  }

  private static long alarms(List<Observation> nights) {
    return new WindowWatch(RATE, THRESHOLDS, NEEDED)
        .findings(nights).stream().filter(one -> one.verdict() == Verdict.ALARM).count();
  }

  /** Night from 1 on which it is told that a source of 3,000 messages doubles its share of 4%. */
  static Optional<Integer> doubledSource(long seed, double variation) {
    return told(
        RATE,
        new SimulatedNights(seed)
            .rates(CHANGE + 10, 3000, night -> night < CHANGE ? 0.04 : 0.08, variation));
  }

  /** The same of a category of 2% of some messages that rises by a third. */
  static Optional<Integer> risenCategory(long seed, int messages, double variation) {
    return told(
        RATE,
        new SimulatedNights(seed)
            .rates(
                CHANGE + 10, messages, night -> night < CHANGE ? 0.02 : 0.02 * 4 / 3, variation));
  }

  /** The same of the volume. */
  static Optional<Integer> lostVolume(long seed, double variation) {
    return told(
        Figure.ofAll(Measure.VOLUME, "exchange"),
        new SimulatedNights(seed)
            .counts(CHANGE + 10, night -> night < CHANGE ? 100_000 : 50_000, variation));
  }

  private static Optional<Integer> told(Figure figure, List<Observation> nights) {
    List<Finding> findings = new WindowWatch(figure, THRESHOLDS, NEEDED).findings(nights);
    return IntStream.range(CHANGE, findings.size())
        .filter(night -> findings.get(night).verdict() == Verdict.ALARM)
        .mapToObj(night -> night - CHANGE + 1)
        .findFirst();
  }
}
