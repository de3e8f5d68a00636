package io.bingoguard.audit.metric;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A run that labelled exchanges of a night.
 *
 * @param id the run
 * @param exchanges that it labelled of the night
 * @param status how it ended; empty where the table of runs does not know it
 * @param startedAt when it began, in UTC; empty likewise
 * @param model by which it judged
 * @param engineVersion version of this software
 * @param settings that were given
 */
public record NightRun(
    String id,
    long exchanges,
    Optional<String> status,
    Optional<String> startedAt,
    NightModel model,
    String engineVersion,
    Map<String, String> settings) {
  public NightRun {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(engineVersion, "engineVersion");
    settings = Map.copyOf(settings);
  }
}
