package io.bingoguard.compare;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.SqlText;

/** SQL for the messages whose verdict is another, as {@code spark-sql} takes it. */
final class FlipQuery {
  private static final int MOST_ROWS = 100;

  private FlipQuery() {}

  /**
   * The query.
   *
   * @param side {@code prompt} or {@code response}
   */
  static String of(String side, ComparedLabels before, ComparedLabels after) {
    return """
        WITH b AS (%s),
        a AS (%s)
        SELECT DISTINCT conversation_id, turn_index, a.source,
          b.%3$s_probability AS probability_before, a.%3$s_probability AS probability_after,
          b.%3$s_category AS category_before, a.%3$s_category AS category_after,
          a.label_status, a.input_file, a.input_row,
          abs(a.%3$s_probability - b.%3$s_probability) AS shift
        FROM b JOIN a USING (conversation_id, turn_index, content_hash)
        WHERE NOT a.%3$s_harmful <=> b.%3$s_harmful
        ORDER BY shift DESC NULLS LAST, conversation_id, turn_index LIMIT %4$d"""
        .formatted(labels(before), labels(after), side, MOST_ROWS);
  }

  private static String labels(ComparedLabels labels) {
    String ofRun =
        labels
            .run()
            .map(run -> " AND %s = %s".formatted(LabelRow.RUN_ID, SqlText.literal(run)))
            .orElse("");
    // Tables of old builds have no such column.
    String withoutDeleted = labels.deleted() > 0 ? " AND source_deleted IS NULL" : "";
    return "SELECT * FROM %s VERSION AS OF %d WHERE model_revision = %s AND prompt_pack = %s%s%s"
        .formatted(
            SqlText.table(labels.labels()),
            labels.version(),
            SqlText.literal(labels.model().revision()),
            SqlText.literal(labels.model().promptPack()),
            ofRun,
            withoutDeleted);
  }
}
