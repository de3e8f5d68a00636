package io.bingoguard.table;

import static io.bingoguard.spark.rows.LabelRow.INPUT_TOKENS;
import static io.bingoguard.spark.rows.LabelRow.LABEL_STATUS;
import static io.bingoguard.spark.rows.LabelRow.PROMPT_CATEGORY;
import static io.bingoguard.spark.rows.LabelRow.PROMPT_HARMFUL;
import static io.bingoguard.spark.rows.LabelRow.RESPONSE_CATEGORY;
import static io.bingoguard.spark.rows.LabelRow.RESPONSE_HARMFUL;
import static io.bingoguard.spark.rows.LabelRow.REUSED_FROM;
import static io.bingoguard.spark.rows.LabelRow.SEVERITY;
import static io.bingoguard.spark.rows.LabelRow.TURN_INDEX;
import static io.bingoguard.spark.rows.LabelRow.UNREAD_PARTS;
import static io.bingoguard.spark.rows.LabelRow.WINDOWS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.Severity;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts over rows of the labels table.
 *
 * @param conversations rows that are the first of their conversation
 * @param exchanges rows
 * @param byStatus rows by {@code label_status}, every status named
 * @param judged rows of which a text was put to the model, whatever the status
 * @param promptHarmful rows whose user message was judged harmful
 * @param responseHarmful rows whose reply was judged harmful
 * @param promptsByCategory harmful user messages by category code
 * @param responsesByCategory harmful replies by category code
 * @param bySeverity rows by severity of the reply, every level named
 * @param inputTokens prompt tokens as the model sees them
 * @param unreadParts parts of messages that are no text and were not judged
 * @param reused rows whose label is a copy of that of equal texts
 * @param reusedTokens those of the prompt tokens that are of such rows, which were not judged again
 */
public record LabelStatistics(
    long conversations,
    long exchanges,
    SortedMap<String, Long> byStatus,
    long judged,
    long promptHarmful,
    long responseHarmful,
    SortedMap<String, Long> promptsByCategory,
    SortedMap<String, Long> responsesByCategory,
    SortedMap<String, Long> bySeverity,
    long inputTokens,
    long unreadParts,
    long reused,
    long reusedTokens) {
  private static final String ROWS = "rows";
  private static final String FIRST_TURNS = "first_turns";
  private static final String TOKENS = "tokens";
  private static final String UNREAD = "unread";
  private static final String JUDGED = "judged";
  private static final String REUSED = "reused";
  private static final String REUSED_TOKENS = "reused_tokens";

  /** Shorter keys first, so that category codes such as S2 and S10 follow their numbers. */
  private static final Comparator<String> CODE_ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  public LabelStatistics {
    byStatus = Collections.unmodifiableSortedMap(byStatus);
    promptsByCategory = Collections.unmodifiableSortedMap(promptsByCategory);
    responsesByCategory = Collections.unmodifiableSortedMap(responsesByCategory);
    bySeverity = Collections.unmodifiableSortedMap(bySeverity);
  }

  /**
   * Counts in one pass: Spark groups the rows by every column that is counted, which leaves a few
   * thousand groups at most, and the groups are added up here.
   */
  public static LabelStatistics of(Dataset<Row> labels) {
    List<Row> groups =
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
                sum(when(col(WINDOWS).gt(0), 1L).otherwise(0L)).as(JUDGED),
                sum(col(INPUT_TOKENS)).as(TOKENS),
                sum(coalesce(col(UNREAD_PARTS), lit(0))).as(UNREAD),
                count(col(REUSED_FROM)).as(REUSED),
                sum(when(col(REUSED_FROM).isNotNull(), col(INPUT_TOKENS)).otherwise(0))
                    .as(REUSED_TOKENS))
            .collectAsList();
    return of(groups);
  }

  /** Counts over no rows at all. */
  public static LabelStatistics none() {
    return of(List.of());
  }

  private static LabelStatistics of(List<Row> groups) {
    SortedMap<String, Long> byStatus = new TreeMap<>(CODE_ORDER);
    for (LabelStatus status : LabelStatus.values()) {
      byStatus.put(status.key(), 0L);
    }
    SortedMap<String, Long> bySeverity = new TreeMap<>(CODE_ORDER);
    for (int level = 0; level < Severity.LEVELS; level++) {
      bySeverity.put(Integer.toString(level), 0L);
    }
    SortedMap<String, Long> promptsByCategory = new TreeMap<>(CODE_ORDER);
    SortedMap<String, Long> responsesByCategory = new TreeMap<>(CODE_ORDER);
    addUp(groups, LABEL_STATUS, byStatus);
    addUp(groups, PROMPT_CATEGORY, promptsByCategory);
    addUp(groups, RESPONSE_CATEGORY, responsesByCategory);
    addUp(groups, SEVERITY, bySeverity);
    return new LabelStatistics(
        total(groups, FIRST_TURNS, any -> true),
        total(groups, ROWS, any -> true),
        byStatus,
        total(groups, JUDGED, any -> true),
        total(groups, ROWS, group -> Boolean.TRUE.equals(group.getAs(PROMPT_HARMFUL))),
        total(groups, ROWS, group -> Boolean.TRUE.equals(group.getAs(RESPONSE_HARMFUL))),
        promptsByCategory,
        responsesByCategory,
        bySeverity,
        total(groups, TOKENS, any -> true),
        total(groups, UNREAD, any -> true),
        total(groups, REUSED, any -> true),
        total(groups, REUSED_TOKENS, any -> true));
  }

  /** Rows that could not be judged. */
  public long errors() {
    return byStatus.getOrDefault(LabelStatus.ERROR.key(), 0L);
  }

  private static long total(List<Row> groups, String column, Predicate<Row> counted) {
    return groups.stream().filter(counted).mapToLong(group -> group.<Long>getAs(column)).sum();
  }

  private static void addUp(List<Row> groups, String column, Map<String, Long> counts) {
    for (Row group : groups) {
      Object key = group.getAs(column);
      if (key != null) {
        counts.merge(key.toString(), group.<Long>getAs(ROWS), Long::sum);
      }
    }
  }
}
