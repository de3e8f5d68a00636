package io.bingoguard.label;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.engine.EngineFigure;
import io.bingoguard.engine.EngineReport;
import io.bingoguard.guard.GuardException;
import io.bingoguard.source.Unread;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.table.LabelStatistics;
import io.bingoguard.table.RunFiles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one run added to the labels table.
 *
 * @param stamp the run and its model
 * @param statistics counts over the rows that it added
 * @param unread what was read and is not judged
 * @param repeatedKeys pairs of conversation and turn that stand in several of these rows
 * @param retried errors of earlier runs that were judged again
 * @param markedDeleted labels of earlier runs that were marked, as the input no longer holds their
 *     exchanges
 * @param unmarked labels that lost this mark, as their exchanges are back
 * @param files what the run found of the files of its input
 * @param engines what the engines of the executors did, as far as finished tasks have told
 * @param seconds wall time of the run
 */
public record LabelSummary(
    RunStamp stamp,
    LabelStatistics statistics,
    Unread unread,
    long repeatedKeys,
    long retried,
    long markedDeleted,
    long unmarked,
    RunFiles files,
    List<EngineReport> engines,
    double seconds) {
  private static final JsonMapper JSON = new JsonMapper();

  public LabelSummary {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(statistics, "statistics");
    Objects.requireNonNull(unread, "unread");
    Objects.requireNonNull(files, "files");
    engines = List.copyOf(engines);
  }

  /** That files could not be read, where there were any. */
  public Optional<GuardException> quarantined() {
    return files.quarantined().isEmpty()
        ? Optional.empty()
        : Optional.of(LabelErrors.filesQuarantined(files.quarantined()));
  }

  /**
   * The summary as one JSON object with snake_case keys.
   *
   * @param demo whether the model is the bundled demo model
   * @param categoryNames names of the model's categories by code
   */
  public String toJson(boolean demo, Map<String, String> categoryNames) {
    ObjectNode json = JSON.createObjectNode();
    json.put("conversations", statistics.conversations());
    json.put("exchanges", statistics.exchanges());
    json.put("context_messages", unread.contextMessages());
    json.put("unread_parts", statistics.unreadParts());
    json.put("unread_values", unread.values());
    json.set("unread_columns", JSON.valueToTree(unread.columns()));
    json.set("unread_texts", JSON.valueToTree(unread.texts()));
    json.set("by_status", JSON.valueToTree(statistics.byStatus()));
    json.put("prompt_harmful", statistics.promptHarmful());
    json.put("response_harmful", statistics.responseHarmful());
    json.set("prompts_by_category", JSON.valueToTree(statistics.promptsByCategory()));
    json.set("responses_by_category", JSON.valueToTree(statistics.responsesByCategory()));
    json.set("category_names", JSON.valueToTree(categoryNames));
    json.set("by_severity", JSON.valueToTree(statistics.bySeverity()));
    json.put("repeated_keys", repeatedKeys);
    json.put("errors_retried", retried);
    json.put("labels_marked_deleted", markedDeleted);
    json.put("labels_unmarked", unmarked);
    json.put("labels_reused", statistics.reused());
    json.put("files_labelled", files.labelled());
    json.set("files_changed", JSON.valueToTree(files.changed()));
    json.set("files_gone", JSON.valueToTree(files.gone()));
    json.set("files_quarantined", JSON.valueToTree(files.quarantined()));
    json.set("input_rewrites", JSON.valueToTree(files.rewrites()));
    json.set("label_edits", JSON.valueToTree(files.edits()));
    json.put("input_tokens", statistics.inputTokens());
    json.put("tokens_reused", statistics.reusedTokens());
    ArrayNode executors = json.putArray("executors");
    engines.forEach(engine -> addTo(executors.addObject(), engine));
    json.put("seconds", seconds);
    json.put("model", stamp.model().id());
    json.put("model_revision", stamp.model().revision());
    json.put("prompt_pack", stamp.model().promptPack());
    json.put("demo_model", demo);
    json.put("run_id", stamp.runId());
    return json.toPrettyString();
  }

  private static void addTo(ObjectNode json, EngineReport engine) {
    engine.identity().forEach((name, value) -> json.set(name, JSON.valueToTree(value)));
    for (EngineFigure figure : EngineFigure.values()) {
      json.set(figure.key(), JSON.valueToTree(figure.of(engine)));
    }
  }
}
