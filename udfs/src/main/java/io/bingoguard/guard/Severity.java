package io.bingoguard.guard;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How severe a reply is, 0 (benign) to 4 (extreme risk).
 *
 * @param level the most likely level
 * @param probabilities P(level) for each level in order, summing to 1; empty when the level follows
 *     from a harmless verdict and the model was not asked
 */
public record Severity(int level, List<Double> probabilities) {
  /** Number of severity levels. */
  public static final int LEVELS = 5;

  private static final List<String> NAMES =
      List.of("benign", "low risk", "moderate risk", "high risk", "extreme risk");

  /** The severity of a reply that was judged harmless. */
  public static final Severity BENIGN = new Severity(0, List.of());

  public Severity {
    probabilities = List.copyOf(Objects.requireNonNull(probabilities, "probabilities"));
    if (level < 0 || level >= LEVELS) {
      throw new IllegalArgumentException("severity level out of 0 to 4: " + level);
    }
    if (!probabilities.isEmpty() && probabilities.size() != LEVELS) {
      throw new IllegalArgumentException("expected 5 probabilities, got " + probabilities.size());
    }
  }

  /** Readable name of a level, from 0 to 4. */
  public static String name(int level) {
    return NAMES.get(level);
  }

  /** The expected level, in [0, 4]; the level itself when the model was not asked. */
  public double score() {
    if (probabilities.isEmpty()) {
      return level;
    }
    double expected = IntStream.range(0, LEVELS).mapToDouble(i -> i * probabilities.get(i)).sum();
    // Probabilities that round up could carry the sum past the last level.
    return Math.min(LEVELS - 1, expected);
  }
}
