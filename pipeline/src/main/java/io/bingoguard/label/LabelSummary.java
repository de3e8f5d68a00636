package io.bingoguard.label;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.model.DemoModel;
import io.bingoguard.spark.EngineReport;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one run added to the labels table.
 *
 * @param runId the run
 * @param model name of the model
 * @param conversations rows that are the first of their conversation
 * @param exchanges rows
 * @param contextMessages system and tool messages, which are counted and not judged
 * @param byStatus rows by {@code label_status}, every status named
 * @param promptHarmful rows whose user message was judged harmful
 * @param responseHarmful rows whose reply was judged harmful
 * @param byCategory harmful verdicts, on messages and replies alike, by category code
 * @param bySeverity rows by severity of the reply, every level named
 * @param inputTokens prompt tokens as the model sees them
 * @param engines what the engines of the executors did, as far as finished tasks have told
 * @param seconds wall time of the run
 */
public record LabelSummary(
    String runId,
    String model,
    long conversations,
    long exchanges,
    long contextMessages,
    SortedMap<String, Long> byStatus,
    long promptHarmful,
    long responseHarmful,
    SortedMap<String, Long> byCategory,
    SortedMap<String, Long> bySeverity,
    long inputTokens,
    List<EngineReport> engines,
    double seconds) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Comparator<String> CODE_ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  public LabelSummary {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(model, "model");
    byStatus = sorted(byStatus);
    byCategory = sorted(byCategory);
    bySeverity = sorted(bySeverity);
    engines = List.copyOf(engines);
  }

  /** Rows that could not be judged. */
  public long errors() {
    return byStatus.getOrDefault(LabelStatus.ERROR.key(), 0L);
  }

  /** The summary as one JSON object with snake_case keys. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("conversations", conversations);
    json.put("exchanges", exchanges);
    json.put("context_messages", contextMessages);
    json.set("by_status", JSON.valueToTree(byStatus));
    json.put("prompt_harmful", promptHarmful);
    json.put("response_harmful", responseHarmful);
    json.set("by_category", JSON.valueToTree(byCategory));
    json.set("by_severity", JSON.valueToTree(bySeverity));
    json.put("input_tokens", inputTokens);
    ArrayNode executors = json.putArray("executors");
    engines.forEach(engine -> addTo(executors.addObject(), engine));
    json.put("seconds", seconds);
    json.put("model", model);
    json.put("demo_model", model.equals(DemoModel.ID));
    json.put("run_id", runId);
    return json.toPrettyString();
  }

  private static void addTo(ObjectNode json, EngineReport engine) {
    json.put("executor_id", engine.executorId());
    json.put("host", engine.host());
    json.set("gpu_addresses", JSON.valueToTree(engine.addresses()));
    json.put("device", engine.device());
    json.put("provider", engine.provider());
    json.put("precision", engine.precision());
    json.put("sessions_opened", engine.sessionsOpened());
    json.put("model_source", engine.modelSource());
    json.put("copied_bytes", engine.copiedBytes());
    json.put("device_memory_bytes", engine.deviceMemoryBytes());
    json.put("requests", engine.metrics().requests());
    json.put("requests_per_second", engine.requestsPerSecond());
    json.put("useful_tokens_per_second", engine.usefulTokensPerSecond());
    json.put("padding_ratio", engine.metrics().paddingRatio());
    json.put("busy_share", engine.busyShare());
    json.put("wait_seconds", engine.metrics().waitNanos() / 1e9);
    json.put("out_of_memory", engine.metrics().outOfMemory());
    json.put("pack_tokens", engine.packTokens());
    json.put("seconds", engine.seconds());
  }

  /** Shorter keys first, so that category codes such as S2 and S10 follow their numbers. */
  private static SortedMap<String, Long> sorted(Map<String, Long> counts) {
    SortedMap<String, Long> sorted = new TreeMap<>(CODE_ORDER);
    sorted.putAll(counts);
    return Collections.unmodifiableSortedMap(sorted);
  }
}
