package io.bingoguard.review.sample;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.var_pop;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.CurrentLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All messages with a verdict, each in its stratum: one row a message. A stratum is a side, a
 * verdict, the category of a harmful message (a harmless one has none), and bounds of the
 * probability; every message is in one of them.
 */
final class Messages {
  static final String SIDE = "side";
  static final String HARMFUL = "harmful";
  static final String PROBABILITY = "probability";
  static final String CATEGORY = "category";
  static final String STRATUM = "stratum";
  static final String MESSAGES = "messages";

  private static final String MESSAGE = "message";
  private static final double[] BOUNDS = {0, 0.02, 0.1, 0.5, 0.9, 1};

  /** Sums of floating-point numbers depend on their order in the last digits. */
  private static final int DIGITS = 9;

  private Messages() {}

  /** The messages of some sides, of the model that was last at work. */
  static Dataset<Row> of(CurrentLabels labels, Set<Side> sides) {
    List<Column> columns = new ArrayList<>();
    CurrentLabels.KEY.forEach(name -> columns.add(col(name)));
    for (String name :
        List.of(
            LabelRow.INPUT_ROW, LabelRow.MODEL_ID, LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)) {
      columns.add(col(name));
    }
    Column messages = array(sides.stream().sorted().map(Messages::message).toArray(Column[]::new));
    columns.add(explode(messages).as(MESSAGE));
    return labels
        .ofLastModel(needed())
        .where(not(coalesce(col(LabelRow.SOURCE_DELETED), lit(false))))
        .select(columns.toArray(Column[]::new))
        .where(col(MESSAGE).isNotNull())
        .select(col("*"), col(MESSAGE + ".*"))
        .drop(MESSAGE)
        .withColumn(STRATUM, stratum());
  }

  private static List<String> needed() {
    List<String> names =
        new ArrayList<>(
            List.of(
                LabelRow.INPUT_ROW,
                LabelRow.MODEL_ID,
                LabelRow.MODEL_REVISION,
                LabelRow.PROMPT_PACK,
                LabelRow.SOURCE_DELETED,
                LabelRow.SEVERITY));
    for (Side side : Side.values()) {
      names.addAll(List.of(side.harmful(), side.probability(), side.category()));
    }
    return names;
  }

  /** A message of an exchange; null where it has no verdict. */
  private static Column message(Side side) {
    return when(
        col(side.harmful()).isNotNull(),
        struct(
            lit(side.key()).as(SIDE),
            col(side.harmful()).as(HARMFUL),
            col(side.probability()).as(PROBABILITY),
            when(col(side.harmful()), col(side.category())).as(CATEGORY),
            (side == Side.RESPONSE ? col(LabelRow.SEVERITY) : lit(null).cast("int"))
                .as(LabelRow.SEVERITY)));
  }

  private static Column stratum() {
    return concat_ws(
        " ",
        col(SIDE),
        when(col(HARMFUL), "harmful").otherwise("harmless"),
        when(col(HARMFUL), coalesce(col(CATEGORY), lit("uncategorized"))),
        bounds());
  }

  private static Column bounds() {
    int last = BOUNDS.length - 2;
    Column bounds = lit(bounds(last));
    for (int bin = last - 1; bin >= 0; bin--) {
      bounds = when(col(PROBABILITY).lt(BOUNDS[bin + 1]), bounds(bin)).otherwise(bounds);
    }
    return bounds;
  }

  private static String bounds(int bin) {
    return "%s-%s".formatted(text(BOUNDS[bin]), text(BOUNDS[bin + 1]));
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) ? Integer.toString((int) bound) : Double.toString(bound);
  }

  /** How many messages each stratum has, and how sure the labels are of them; by name. */
  static List<Stratum> strata(Dataset<Row> messages) {
    return messages
        .groupBy(STRATUM)
        .agg(
            count(lit(1)).as(MESSAGES),
            round(avg(PROBABILITY), DIGITS).as("mean"),
            round(var_pop(col(PROBABILITY)), DIGITS).as("variance"))
        .orderBy(STRATUM)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Stratum(
                    row.getAs(STRATUM),
                    row.<Long>getAs(MESSAGES),
                    0,
                    row.<Double>getAs("mean"),
                    row.<Double>getAs("variance")))
        .toList();
  }
}
