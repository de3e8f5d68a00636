package io.bingoguard.doctor;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is looked at.
 *
 * @param model model directory; absent for the bundled demo model
 * @param input corpus that is going to be read
 * @param output directory that is going to be written
 * @param patience how long a cluster's executors may take to answer
 */
public record DoctorOptions(
    Optional<String> model, Optional<String> input, Optional<String> output, Duration patience) {
  public DoctorOptions {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    if (patience.isZero() || patience.isNegative()) {
      throw new IllegalArgumentException("executors need more than 0 seconds to answer");
    }
  }
}
