package io.bingoguard.doctor;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.settings.GuardSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is looked at.
 *
 * @param model the model that is going to be used
 * @param settings settings of this project, whether or not they make sense
 * @param input corpus that is going to be read, and how
 * @param output directory that is going to be written
 * @param patience how long a cluster's executors may take to answer
 */
public record DoctorOptions(
    ModelRef model,
    GuardSettings settings,
    Optional<CorpusRequest> input,
    Optional<String> output,
    Duration patience) {
  public DoctorOptions {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    if (patience.isZero() || patience.isNegative()) {
      throw new IllegalArgumentException("executors need more than 0 seconds to answer");
    }
  }
}
