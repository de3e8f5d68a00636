package io.bingoguard.curate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of the records of an input.
 *
 * @param input the corpus
 * @param labels the output whose labels were asked
 * @param labelsVersion version of its table
 * @param rules in words
 * @param state digest of all that the result follows from
 * @param records of the input
 * @param kept number of them
 * @param removed number of them
 * @param byReason removed records; one may have several reasons
 */
public record CurationSummary(
    String input,
    String labels,
    long labelsVersion,
    String rules,
    String state,
    long records,
    long kept,
    long removed,
    Map<String, Long> byReason) {
  private static final JsonMapper JSON = new JsonMapper();

  public CurationSummary {
    Objects.requireNonNull(state, "state");
    byReason = new TreeMap<>(byReason);
  }

  /** An object with a field for each figure. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("input", input);
    json.put("labels", labels);
    json.put("labels_version", labelsVersion);
    json.put("rules", rules);
    json.put("state", state);
    json.put("records", records);
    json.put("kept", kept);
    json.put("removed", removed);
    ObjectNode reasons = json.putObject("removed_by_reason");
    byReason.forEach(reasons::put);
    return json.toPrettyString();
  }

  /** What {@link #json} gave; empty for anything else. */
  static Optional<CurationSummary> of(String report) {
    try {
      JsonNode json = JSON.readTree(report);
      Map<String, Long> reasons = new TreeMap<>();
      json.path("removed_by_reason")
          .fields()
          .forEachRemaining(entry -> reasons.put(entry.getKey(), entry.getValue().asLong()));
      return json.hasNonNull("state")
          ? Optional.of(
              new CurationSummary(
                  json.path("input").asText(),
                  json.path("labels").asText(),
                  json.path("labels_version").asLong(),
                  json.path("rules").asText(),
                  json.path("state").asText(),
                  json.path("records").asLong(),
                  json.path("kept").asLong(),
                  json.path("removed").asLong(),
                  reasons))
          : Optional.empty();
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    row(text, "records", records);
    row(text, "kept", kept);
    row(text, "removed", removed);
    byReason.forEach((reason, count) -> row(text, "  " + reason, count));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, long count) {
    text.append(String.format(Locale.ROOT, "  %-22s %,d%n", name, count));
  }
}
