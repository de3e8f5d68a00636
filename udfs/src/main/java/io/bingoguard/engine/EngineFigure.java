package io.bingoguard.engine;

import io.bingoguard.score.EngineCounter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What is told of engines: by metrics, by the runs table, and in summaries. */
@SuppressWarnings("ImmutableEnumChecker") // The functions hold no state.
public enum EngineFigure {
  REQUESTS(EngineCounter.REQUESTS, "requests scored"),
  USEFUL_TOKENS(EngineCounter.USEFUL_TOKENS, "their tokens, without padding and shared prefixes"),
  COMPUTED_TOKENS(EngineCounter.COMPUTED_TOKENS, "tokens computed, padding included"),
  PASSES(EngineCounter.PASSES, "forward passes"),
  OFF_FORMAT(EngineCounter.OFF_FORMAT, "labels off format"),
  ERRORS(EngineCounter.ERRORS, "labels in error"),
  OUT_OF_MEMORY(EngineCounter.OUT_OF_MEMORY, "passes that did not fit into memory"),
  REQUESTS_PER_SECOND(Kind.RATE, "requests scored a second", count(EngineCounter.REQUESTS)),
  USEFUL_TOKENS_PER_SECOND(Kind.RATE, "useful tokens a second", count(EngineCounter.USEFUL_TOKENS)),
  PADDING_RATIO(
      "share of the computed tokens that are padding, 0 to 1",
      engine ->
          engine.metrics().of(EngineCounter.COMPUTED_TOKENS)
              - engine.metrics().of(EngineCounter.USEFUL_TOKENS),
      count(EngineCounter.COMPUTED_TOKENS)),
  BUSY_SHARE(
      "share of the time since the session was opened in which the device was at work, 0 to 1",
      engine -> Math.min(engine.metrics().busyNanos() / 1e9, engine.seconds()),
      EngineReport::seconds),
  QUEUE_WAIT_MEAN_MS(
      "milliseconds that a request waits for its pass",
      engine -> engine.metrics().of(EngineCounter.QUEUE_NANOS) / 1e6,
      count(EngineCounter.REQUESTS)),
  PASS_MEAN_MS(
      "milliseconds of a pass",
      engine -> engine.metrics().of(EngineCounter.FORWARD_NANOS) / 1e6,
      count(EngineCounter.PASSES)),
  WAIT_SECONDS(
      Kind.SECONDS,
      "seconds in which the device had nothing to do although tasks were at work",
      engine -> engine.metrics().of(EngineCounter.WAIT_NANOS) / 1e9),
  SECONDS(Kind.SECONDS, "seconds since the session was opened", EngineReport::seconds),
  DEVICE_MEMORY_BYTES(
      Kind.AMOUNT,
      "GPU memory taken by anybody; 0 on a CPU, or where it is not known",
      EngineReport::deviceMemoryBytes),
  PACK_TOKENS(
      Kind.AMOUNT,
      "most tokens of a pass at present; shrinks when memory runs out",
      EngineReport::packTokens);

  /** How a figure comes about. */
  public enum Kind {
    /** A whole number that only grows. */
    COUNT,
    /** A whole number of the present. */
    AMOUNT,
    /** A time. */
    SECONDS,
    /** A count over wall time. */
    RATE,
    /** Of two sums. */
    RATIO
  }

  private final Kind kind;
  private final String meaning;
  private final ToDoubleFunction<EngineReport> part;
  private final Optional<ToDoubleFunction<EngineReport>> whole;

  EngineFigure(EngineCounter counter, String meaning) {
    this(Kind.COUNT, meaning, count(counter));
  }

  EngineFigure(Kind kind, String meaning, ToDoubleFunction<EngineReport> part) {
    this.kind = kind;
    this.meaning = meaning;
    this.part = part;
    this.whole = Optional.empty();
  }

  EngineFigure(
      String meaning, ToDoubleFunction<EngineReport> part, ToDoubleFunction<EngineReport> whole) {
    this.kind = Kind.RATIO;
    this.meaning = meaning;
    this.part = part;
    this.whole = Optional.of(whole);
  }

  private static ToDoubleFunction<EngineReport> count(EngineCounter counter) {
    return engine -> engine.metrics().of(counter);
  }

  /** Name of the column or field: lower snake case, with the unit. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return kind;
  }

  /** What it is and its unit, as the middle of a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Whether the figure is a whole number, a {@code Long}; otherwise it is a {@code Double}. */
  public boolean integral() {
    return kind == Kind.COUNT || kind == Kind.AMOUNT;
  }

  /** The figure of one engine. */
  public Number of(EngineReport engine) {
    return of(List.of(engine));
  }

  /** The figure of several engines: the sum, or for a ratio that of the sums; 0 without any. */
  public Number of(List<EngineReport> engines) {
    if (integral()) {
      return sum(engines);
    }
    return switch (kind) {
      case RATE ->
          engines.stream()
              .mapToDouble(engine -> ratio(part.applyAsDouble(engine), engine.seconds()))
              .sum();
      case RATIO ->
          ratio(
              engines.stream().mapToDouble(part).sum(),
              engines.stream().mapToDouble(whole.orElseThrow()).sum());
      default -> engines.stream().mapToDouble(part).sum();
    };
  }

  /** The sum of what a count or a rate counts. */
  public long sum(List<EngineReport> engines) {
    return (long) engines.stream().mapToDouble(part).sum();
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}
