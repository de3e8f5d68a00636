package io.bingoguard.cli;

import io.bingoguard.engine.EngineFigure;
import io.bingoguard.engine.EngineReport;
import io.bingoguard.label.LabelSummary;
import io.bingoguard.table.LabelStatistics;
import io.bingoguard.table.RunFiles;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A run's summary for people. */
final class SummaryText {
  private static final String ROW = "  %-22s %s%n";
  private static final int SHOWN = 10;

  private SummaryText() {}

  static String of(LabelSummary summary, CategoryNames categories) {
    LabelStatistics rows = summary.statistics();
    StringBuilder text = new StringBuilder();
    row(text, "model", summary.stamp().model().id());
    row(text, "run", summary.stamp().runId());
    row(text, "conversations", number(rows.conversations()));
    row(text, "exchanges", number(rows.exchanges()));
    row(text, "system, tool messages", number(summary.unread().contextMessages()) + ", not judged");
    if (rows.unreadParts() > 0) {
      row(text, "images, other parts", number(rows.unreadParts()) + " of messages, not judged");
    }
    if (!summary.unread().texts().isEmpty()) {
      row(text, "text in other columns", first(summary.unread().texts()) + ", not judged");
    }
    if (summary.unread().values() > 0) {
      row(
          text,
          "ids, times, ...",
          number(summary.unread().values()) + " values not read, left null");
    }
    if (summary.repeatedKeys() > 0) {
      row(
          text,
          "ids that repeat",
          "%s exchanges share id and turn with others; join labels to texts by input_file and input_row, those of a Delta table by content_hash"
              .formatted(number(summary.repeatedKeys())));
    }
    if (summary.retried() > 0) {
      row(text, "errors judged again", number(summary.retried()));
    }
    if (summary.markedDeleted() > 0) {
      row(
          text,
          "marked as deleted",
          "%s labels whose exchanges the input no longer holds"
              .formatted(number(summary.markedDeleted())));
    }
    if (summary.unmarked() > 0) {
      row(
          text,
          "no longer marked",
          "%s labels whose exchanges the input holds again".formatted(number(summary.unmarked())));
    }
    if (rows.reused() > 0) {
      row(
          text,
          "labels reused",
          "%s, of equal texts judged before; %s tokens not judged again"
              .formatted(number(rows.reused()), number(rows.reusedTokens())));
    }
    row(text, "files labelled", number(summary.files().labelled()));
    files(text, summary.files());
    row(text, "by status", counts(rows.byStatus()));
    row(text, "harmful prompts", number(rows.promptHarmful()));
    byCategory(text, rows.promptsByCategory(), categories);
    row(text, "harmful responses", number(rows.responseHarmful()));
    byCategory(text, rows.responsesByCategory(), categories);
    row(text, "responses by severity", counts(rows.bySeverity()));
    row(text, "input tokens", number(rows.inputTokens()));
    row(text, "seconds", String.format(Locale.ROOT, "%.1f", summary.seconds()));
    summary.engines().forEach(engine -> row(text, name(engine), figures(engine)));
    return text.toString();
  }

  private static void files(StringBuilder text, RunFiles files) {
    paths(text, "files changed", files.changed(), "since they were labelled");
    paths(text, "files gone", files.gone(), "labels of earlier runs stay");
    paths(text, "files put aside", files.quarantined(), "which could not be read");
    if (!files.rewrites().isEmpty()) {
      row(text, "rows changed by", "version " + first(files.rewrites()));
    }
    if (!files.edits().isEmpty()) {
      row(
          text,
          "labels changed by",
          "version %s of the labels, and not by this program; rows deleted are not labelled again"
              .formatted(first(files.edits())));
    }
  }

  private static void paths(StringBuilder text, String name, List<String> paths, String what) {
    if (!paths.isEmpty()) {
      row(text, name, "%s, %s: %s".formatted(number(paths.size()), what, first(paths)));
    }
  }

  private static void byCategory(
      StringBuilder text, SortedMap<String, Long> counts, CategoryNames categories) {
    counts.forEach(
        (code, count) -> row(text, "", "%6s  %s".formatted(number(count), categories.named(code))));
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
        EngineFigure.REQUESTS.of(engine).longValue(),
        EngineFigure.REQUESTS_PER_SECOND.of(engine).doubleValue(),
        EngineFigure.USEFUL_TOKENS_PER_SECOND.of(engine).doubleValue(),
        100 * EngineFigure.BUSY_SHARE.of(engine).doubleValue(),
        EngineFigure.SECONDS.of(engine).doubleValue());
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

  private static String first(List<String> names) {
    String shown =
        names.stream().limit(SHOWN).map(TerminalText::inLine).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? shown : shown + " and %d more".formatted(names.size() - SHOWN);
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
