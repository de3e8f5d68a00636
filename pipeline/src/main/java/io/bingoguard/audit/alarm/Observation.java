package io.bingoguard.audit.alarm;

import java.time.LocalDate;
import java.util.Objects;

/**
 * What a night has of a figure.
 *
 * @param night the day
 * @param seen what was counted
 * @param outOf of how many; 0 of a count that is no share
 * @param model what judged; nights of several models are not compared
 */
public record Observation(LocalDate night, long seen, long outOf, String model) {
  public Observation {
    Objects.requireNonNull(night, "night");
    Objects.requireNonNull(model, "model");
  }
}
