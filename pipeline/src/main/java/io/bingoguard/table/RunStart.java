package io.bingoguard.table;

import io.bingoguard.spark.rows.RunStamp;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a run when it begins.
 *
 * @param stamp the run and its model
 * @param at when it began
 * @param input the corpus, as a qualified path
 * @param inputDescription the format and schema that were found
 * @param settings the {@code spark.bingoguard.*} settings in force, and {@code severity}, its mode
 */
public record RunStart(
    RunStamp stamp,
    Instant at,
    String input,
    String inputDescription,
    Map<String, String> settings) {
  public RunStart {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(inputDescription, "inputDescription");
    settings = Map.copyOf(settings);
  }
}
