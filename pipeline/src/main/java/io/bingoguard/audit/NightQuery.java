package io.bingoguard.audit;

import io.bingoguard.audit.alarm.Figure;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.metric.Clock;
import io.bingoguard.audit.metric.NightModel;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.SqlText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * SQL for the rows behind a figure, as {@code spark-sql} takes it.
 *
 * @param labels path of the labels table
 * @param clock by which the night is told
 * @param severeFrom least severity that is called severe
 * @param lowConfidence confidence below which the model was not sure
 */
record NightQuery(String labels, Clock clock, int severeFrom, double lowConfidence) {
  private static final int MOST_ROWS = 100;

  /** Rows to look at first, of a night and the model that it was counted by. */
  String of(Figure figure, LocalDate night, NightModel model) {
    String side = figure.side();
    List<String> conditions = new ArrayList<>(ofNight(night, model));
    figure
        .value()
        .ifPresentOrElse(
            value -> conditions.add(column(figure) + " = " + SqlText.literal(value)),
            () -> {
              if (!figure.dimension().equals(Figure.ALL)) {
                conditions.add(column(figure) + " IS NULL");
              }
            });
    conditions.addAll(
        switch (figure.measure()) {
          case HARMFUL -> List.of(side + "_harmful");
          case SEVERE -> List.of("severity >= " + severeFrom);
          case LOW_CONFIDENCE ->
              List.of(
                  "greatest(%1$s_probability, 1 - %1$s_probability) < %2$s"
                      .formatted(side, lowConfidence));
          case TRUNCATED -> List.of("label_status = 'truncated'");
          case ERRORS -> List.of("label_status = 'error'");
          case OFF_FORMAT -> List.of("label_status = 'off_format'");
          case VOLUME -> List.of();
        });
    return "SELECT conversation_id, turn_index, source, %s, input_file, input_row FROM %s WHERE %s ORDER BY %s LIMIT %d"
        .formatted(
            shown(figure.measure(), side),
            SqlText.table(labels),
            String.join(" AND ", conditions),
            order(figure.measure(), side),
            MOST_ROWS);
  }

  /** Exchanges of the nights around one, counted. */
  String volume(LocalDate night) {
    return "SELECT CAST(%1$s AS DATE) AS night, source, count(*) AS exchanges FROM %2$s WHERE %1$s >= TIMESTAMP'%3$s 00:00:00Z' AND %1$s < TIMESTAMP'%4$s 00:00:00Z' GROUP BY ALL ORDER BY night, exchanges DESC"
        .formatted(clock.column(), SqlText.table(labels), night.minusDays(7), night.plusDays(1));
  }

  private List<String> ofNight(LocalDate night, NightModel model) {
    return List.of(
        "%s >= TIMESTAMP'%s 00:00:00Z'".formatted(clock.column(), night),
        "%s < TIMESTAMP'%s 00:00:00Z'".formatted(clock.column(), night.plusDays(1)),
        LabelRow.MODEL_REVISION + " = " + SqlText.literal(model.revision()),
        LabelRow.PROMPT_PACK + " = " + SqlText.literal(model.promptPack()),
        "coalesce(source_deleted, false) = false");
  }

  private static String column(Figure figure) {
    return figure.dimension().equals("category") ? figure.side() + "_category" : figure.dimension();
  }

  private static String shown(Measure measure, String side) {
    return switch (measure) {
      case HARMFUL, SEVERE, LOW_CONFIDENCE ->
          "%1$s_category, %1$s_probability, severity".formatted(side);
      case TRUNCATED, ERRORS, OFF_FORMAT, VOLUME -> "label_status, error_code, error_message";
    };
  }

  private static String order(Measure measure, String side) {
    return switch (measure) {
      case HARMFUL -> side + "_probability DESC";
      case SEVERE -> "severity_score DESC";
      case LOW_CONFIDENCE -> "abs(%s_probability - 0.5)".formatted(side);
      case TRUNCATED, ERRORS, OFF_FORMAT, VOLUME -> "error_code, conversation_id";
    };
  }
}
