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
 * @param labels that were asked
 * @param rules in words
 * @param basis digest of what the result follows from beside the files and their labels
 * @param contents digest of the files of both sets; of tables, of nothing
 * @param files of the input
 * @param anew why nothing of an earlier run could be left; empty where it could, or there was none
 * @param parted how many of them this run has parted
 * @param gone files of the run before that are no longer there
 * @param counts of records
 * @param byReason removed records; one may have several reasons
 */
public record CurationSummary(
    String input,
    AskedLabels labels,
    String rules,
    String basis,
    String contents,
    long files,
    String anew,
    long parted,
    long gone,
    SetCounts counts,
    Map<String, Long> byReason) {
  private static final JsonMapper JSON = new JsonMapper();

  public CurationSummary {
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(basis, "basis");
    Objects.requireNonNull(contents, "contents");
    byReason = new TreeMap<>(byReason);
  }

  /** An object with a field for each figure. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("input", input);
    json.put("labels", labels.output());
    json.put("labels_version", labels.version());
    json.put("labels_commit", labels.commit());
    json.put("models", labels.models());
    json.put("rules", rules);
    json.put("basis", basis);
    json.put("contents", contents);
    json.put("files", files);
    json.put("made_anew", anew);
    json.put("files_parted", parted);
    json.put("files_gone", gone);
    json.put("records", counts.records());
    json.put("kept", counts.kept());
    json.put("removed", counts.removed());
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
      return json.hasNonNull("basis")
          ? Optional.of(
              new CurationSummary(
                  json.path("input").asText(),
                  new AskedLabels(
                      json.path("labels").asText(),
                      json.path("labels_version").asLong(),
                      json.path("labels_commit").asText(),
                      json.path("models").asText()),
                  json.path("rules").asText(),
                  json.path("basis").asText(),
                  json.path("contents").asText(),
                  json.path("files").asLong(),
                  json.path("made_anew").asText(),
                  json.path("files_parted").asLong(),
                  json.path("files_gone").asLong(),
                  new SetCounts(
                      json.path("records").asLong(),
                      json.path("kept").asLong(),
                      json.path("removed").asLong()),
                  reasons))
          : Optional.empty();
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }

  /** The same of a run that has found nothing to do. */
  CurationSummary again() {
    return new CurationSummary(
        input, labels, rules, basis, contents, files, "", 0, 0, counts, byReason);
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    row(text, "records", counts.records());
    row(text, "kept", counts.kept());
    row(text, "removed", counts.removed());
    byReason.forEach((reason, count) -> row(text, "  " + reason, count));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, long count) {
    text.append(String.format(Locale.ROOT, "  %-22s %,d%n", name, count));
  }
}
