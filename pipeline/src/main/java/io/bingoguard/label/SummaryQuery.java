package io.bingoguard.label;

import static io.bingoguard.spark.LabelSchema.INPUT_TOKENS;
import static io.bingoguard.spark.LabelSchema.LABEL_STATUS;
import static io.bingoguard.spark.LabelSchema.PROMPT_CATEGORY;
import static io.bingoguard.spark.LabelSchema.PROMPT_HARMFUL;
import static io.bingoguard.spark.LabelSchema.RESPONSE_CATEGORY;
import static io.bingoguard.spark.LabelSchema.RESPONSE_HARMFUL;
import static io.bingoguard.spark.LabelSchema.SEVERITY;
import static io.bingoguard.spark.LabelSchema.TURN_INDEX;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.Severity;
import io.bingoguard.spark.EngineReport;
import io.bingoguard.spark.RunStamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sums up rows of the labels table in one pass: Spark groups them by every column that is counted,
 * which leaves a few thousand groups at most, and the groups are added up here.
 */
final class SummaryQuery {
  private static final String ROWS = "rows";
  private static final String FIRST_TURNS = "first_turns";
  private static final String TOKENS = "tokens";

  private long conversations;
  private long exchanges;
  private long promptHarmful;
  private long responseHarmful;
  private long inputTokens;
  private final SortedMap<String, Long> byStatus = new TreeMap<>();
  private final SortedMap<String, Long> byCategory = new TreeMap<>();
  private final SortedMap<String, Long> bySeverity = new TreeMap<>();

  private SummaryQuery() {
    for (LabelStatus status : LabelStatus.values()) {
      byStatus.put(status.key(), 0L);
    }
    for (int level = 0; level < Severity.LEVELS; level++) {
      bySeverity.put(Integer.toString(level), 0L);
    }
  }

  static LabelSummary run(
      Dataset<Row> labels,
      RunStamp stamp,
      long contextMessages,
      List<EngineReport> engines,
      Duration elapsed) {
    SummaryQuery query = new SummaryQuery();
    labels
        .groupBy(
            LABEL_STATUS,
            PROMPT_HARMFUL,
            PROMPT_CATEGORY,
            RESPONSE_HARMFUL,
            RESPONSE_CATEGORY,
            SEVERITY)
        .agg(
            count(lit(1)).as(ROWS),
            sum(when(col(TURN_INDEX).equalTo(0), 1L).otherwise(0L)).as(FIRST_TURNS),
            sum(col(INPUT_TOKENS)).as(TOKENS))
        .collectAsList()
        .forEach(query::add);
    return new LabelSummary(
        stamp.runId(),
        stamp.modelId(),
        query.conversations,
        query.exchanges,
        contextMessages,
        query.byStatus,
        query.promptHarmful,
        query.responseHarmful,
        query.byCategory,
        query.bySeverity,
        query.inputTokens,
        engines,
        elapsed.toMillis() / 1000.0);
  }

  private void add(Row group) {
    long rows = group.getAs(ROWS);
    exchanges += rows;
    conversations += group.<Long>getAs(FIRST_TURNS);
    inputTokens += group.<Long>getAs(TOKENS);
    promptHarmful += isTrue(group, PROMPT_HARMFUL) ? rows : 0;
    responseHarmful += isTrue(group, RESPONSE_HARMFUL) ? rows : 0;
    byStatus.merge(group.getAs(LABEL_STATUS), rows, Long::sum);
    addTo(byCategory, group.getAs(PROMPT_CATEGORY), rows);
    addTo(byCategory, group.getAs(RESPONSE_CATEGORY), rows);
    addTo(bySeverity, group.getAs(SEVERITY), rows);
  }

  private static boolean isTrue(Row group, String column) {
    return Boolean.TRUE.equals(group.getAs(column));
  }

  private static void addTo(Map<String, Long> counts, Object key, long rows) {
    if (key != null) {
      counts.merge(key.toString(), rows, Long::sum);
    }
  }
}
