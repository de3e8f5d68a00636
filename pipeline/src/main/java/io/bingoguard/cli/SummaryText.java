package io.bingoguard.cli;

import io.bingoguard.label.LabelSummary;
import io.bingoguard.spark.EngineReport;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A run's summary for people. */
final class SummaryText {
  private static final String ROW = "  %-22s %s%n";

  private SummaryText() {}

  static String of(LabelSummary summary) {
    StringBuilder text = new StringBuilder();
    row(text, "model", summary.model());
    row(text, "run", summary.runId());
    row(text, "conversations", number(summary.conversations()));
    row(text, "exchanges", number(summary.exchanges()));
    row(text, "system, tool messages", number(summary.contextMessages()) + ", not judged");
    row(text, "by status", counts(summary.byStatus()));
    row(text, "harmful prompts", number(summary.promptHarmful()));
    row(text, "harmful responses", number(summary.responseHarmful()));
    row(text, "verdicts by category", counts(summary.byCategory()));
    row(text, "responses by severity", counts(summary.bySeverity()));
    row(text, "input tokens", number(summary.inputTokens()));
    row(text, "seconds", String.format(Locale.ROOT, "%.1f", summary.seconds()));
    summary.engines().forEach(engine -> row(text, name(engine), figures(engine)));
    return text.toString();
  }

  private static String name(EngineReport engine) {
    return "executor " + engine.executorId();
  }

  private static String figures(EngineReport engine) {
    return String.format(
        Locale.ROOT,
        "%s %s %s: %,d requests, %.1f/s, %,.0f tokens/s, device busy %.0f%% of %.1f s",
        engine.host(),
        engine.device(),
        engine.precision(),
        engine.metrics().requests(),
        engine.requestsPerSecond(),
        engine.usefulTokensPerSecond(),
        100 * engine.busyShare(),
        engine.seconds());
  }

  /** How to read the table with Spark's own shell. */
  static String queryHint(String labels) {
    return """
    Query the labels with Spark and Delta, for example:
      spark-sql --packages io.delta:delta-spark_2.12:3.3.3 \\
        --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension \\
        --conf spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog \\
        -e 'SELECT response_category, severity, count(*) FROM delta.`%s` GROUP BY ALL'
    """
        .formatted(labels);
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append(ROW.formatted(name, value));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String counts(SortedMap<String, Long> counts) {
    String shown =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getKey() + " " + number(entry.getValue()))
            .collect(Collectors.joining(", "));
    return shown.isEmpty() ? "none" : shown;
  }
}
