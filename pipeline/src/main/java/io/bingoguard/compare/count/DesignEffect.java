package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;

/**
 * How many messages tell as much as one that is independent of all others, since those of one
 * conversation often change together: the variance of a mean over whole conversations (as of a
 * ratio, linearized), as a multiple of that over single messages; Kish (1965), Survey Sampling.
 */
final class DesignEffect {
  private static final String SUM = "sum_";
  private static final String NUMBER = "number_";
  private static final String SQUARES = "squares_";

  /** Figures of a value that one row has. */
  private static final int FIGURES = 7;

  private DesignEffect() {}

  /**
   * The effects of each side, none below 1.
   *
   * @param values numbers whose means are meant, null for messages that do not count
   */
  static Map<String, List<Double>> of(Dataset<Row> messages, List<Column> values) {
    List<Column> ofConversation = new ArrayList<>();
    List<Column> ofAll = new ArrayList<>();
    for (int place = 0; place < values.size(); place++) {
      Column value = values.get(place).cast("double");
      ofConversation.add(coalesce(sum(value), lit(0.0)).as(SUM + place));
      ofConversation.add(count(value).cast("double").as(NUMBER + place));
      ofConversation.add(coalesce(sum(value.multiply(value)), lit(0.0)).as(SQUARES + place));
      Column sum = col(SUM + place);
      Column number = col(NUMBER + place);
      ofAll.add(count_if(number.gt(0)).cast("double"));
      ofAll.add(sum(number));
      ofAll.add(sum(sum));
      ofAll.add(sum(col(SQUARES + place)));
      ofAll.add(sum(sum.multiply(sum)));
      ofAll.add(sum(sum.multiply(number)));
      ofAll.add(sum(number.multiply(number)));
    }
    Map<String, List<Double>> sides = new HashMap<>();
    aggregated(
            aggregated(messages.groupBy(Messages.SIDE, LabelRow.CONVERSATION_ID), ofConversation)
                .groupBy(Messages.SIDE),
            ofAll)
        .collectAsList()
        .forEach(row -> sides.put(row.getString(0), effects(row)));
    return sides;
  }

  private static List<Double> effects(Row ofSide) {
    List<Double> effects = new ArrayList<>();
    for (int first = 1; first < ofSide.length(); first += FIGURES) {
      effects.add(effect(ofSide, first));
    }
    return effects;
  }

  private static Dataset<Row> aggregated(RelationalGroupedDataset groups, List<Column> columns) {
    return groups.agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
  }

  private static double effect(Row told, int first) {
    double conversations = told.getDouble(first);
    if (conversations < 2) {
      return 1;
    }
    double messages = told.getDouble(first + 1);
    double mean = told.getDouble(first + 2) / messages;
    double ofMessages = told.getDouble(first + 3) - messages * mean * mean;
    double ofConversations =
        told.getDouble(first + 4)
            - 2 * mean * told.getDouble(first + 5)
            + mean * mean * told.getDouble(first + 6);
    return ofMessages > 0
        ? Math.max(1, ofConversations / ofMessages * conversations / (conversations - 1))
        : 1;
  }
}
