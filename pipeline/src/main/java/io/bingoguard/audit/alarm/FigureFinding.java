package io.bingoguard.audit.alarm;

import java.util.List;
import java.util.Objects;

/**
 * A figure and what its night comes to.
 *
 * @param figure which
 * @param window the night against the nights before it
 * @param baseline the night against a time that stays
 * @param nights the figure through the nights, the last one included
 */
public record FigureFinding(
    Figure figure, Finding window, Finding baseline, List<Observation> nights) {
  public FigureFinding {
    Objects.requireNonNull(figure, "figure");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(baseline, "baseline");
    nights = List.copyOf(nights);
  }
}
