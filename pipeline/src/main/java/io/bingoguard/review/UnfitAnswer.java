package io.bingoguard.review;

import java.util.Objects;

/**
 * An answer that fits nothing.
 *
 * @param place where in the file
 * @param problem why
 */
public record UnfitAnswer(String place, String problem) {
  public UnfitAnswer {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(problem, "problem");
  }

  /** Both. */
  String text() {
    return place + ": " + problem;
  }
}
