package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.WrongCase;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a page says beside the figures.
 *
 * @param judgedAt when the model was asked
 * @param engineVersion version of this software
 * @param command what was typed, without secrets
 * @param settings what bears on the figures, by name, in the order in which it is shown
 * @param categoryNames names of the model's categories by code
 * @param wrong the cases whose verdicts are wrong
 * @param texts whether their texts are shown
 */
public record PageDetails(
    Instant judgedAt,
    String engineVersion,
    String command,
    Map<String, String> settings,
    Map<String, String> categoryNames,
    List<WrongCase> wrong,
    boolean texts) {
  public PageDetails {
    Objects.requireNonNull(judgedAt, "judgedAt");
    Objects.requireNonNull(engineVersion, "engineVersion");
    Objects.requireNonNull(command, "command");
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    categoryNames = Map.copyOf(categoryNames);
    wrong = List.copyOf(wrong);
  }
}
