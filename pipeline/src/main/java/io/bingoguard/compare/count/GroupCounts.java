package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.compare.statistic.Share;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Counts flips by source, language and category. */
final class GroupCounts {
  /** Groups of a dimension that are named. */
  static final int NAMED = 20;

  private static final String CATEGORY = "category";
  private static final String PART = "part";
  private static final String DIMENSION = "dimension";
  private static final String VALUE = "value";
  private static final String MESSAGES = "messages";
  private static final String FLIPS = "flips";
  private static final String TO_HARMFUL = "to_harmful";
  private static final String TO_HARMLESS = "to_harmless";
  private static final String EVIDENCE = "evidence";

  /** Most characters of a name, which may be a text by mistake. */
  private static final int MOST_NAME = 200;

  private GroupCounts() {}

  /**
   * The dimensions of each side, those without messages left out.
   *
   * @param effects by side
   */
  static Map<String, List<Groups>> of(Dataset<Row> messages, Map<String, SideEffects> effects) {
    Dataset<Row> counted = counted(messages).persist(StorageLevel.DISK_ONLY());
    try {
      Map<String, List<Groups>> sides = new HashMap<>();
      counted
          .groupBy(Messages.SIDE, DIMENSION)
          .agg(count(lit(1)), sum(FLIPS), sum(MESSAGES))
          // As they are shown: source, language, category.
          .orderBy(col(DIMENSION).desc())
          .collectAsList()
          .forEach(
              all ->
                  sides
                      .computeIfAbsent(all.getString(0), side -> new ArrayList<>())
                      .add(named(counted, all, effects.get(all.getString(0)).flips())));
      return sides;
    } finally {
      counted.unpersist();
    }
  }

  private static Dataset<Row> counted(Dataset<Row> messages) {
    Column category = coalesce(col(Messages.CATEGORY_BEFORE), col(Messages.CATEGORY_AFTER));
    return messages
        .select(
            col(Messages.SIDE),
            col(Messages.FLIPPED),
            col(Messages.VERDICT_BEFORE),
            col(Messages.VERDICT_AFTER),
            explode(
                    array(
                        part(LabelRow.SOURCE, col(LabelRow.SOURCE)),
                        part(LabelRow.LANGUAGE, col(LabelRow.LANGUAGE)),
                        part(CATEGORY, category)))
                .as(PART))
        .select(col("*"), col(PART + ".*"))
        // Only harmful messages have a category.
        .where(col(DIMENSION).notEqual(CATEGORY).or(col(VALUE).isNotNull()))
        .groupBy(Messages.SIDE, DIMENSION, VALUE)
        .agg(
            count(lit(1)).as(MESSAGES),
            count_if(col(Messages.FLIPPED)).as(FLIPS),
            count_if(flip(VerdictState.HARMLESS, VerdictState.HARMFUL)).as(TO_HARMFUL),
            count_if(flip(VerdictState.HARMFUL, VerdictState.HARMLESS)).as(TO_HARMLESS));
  }

  private static Column part(String dimension, Column value) {
    return struct(lit(dimension).as(DIMENSION), value.as(VALUE));
  }

  private static Column flip(VerdictState before, VerdictState after) {
    return col(Messages.VERDICT_BEFORE)
        .equalTo(before.key())
        .and(col(Messages.VERDICT_AFTER).equalTo(after.key()));
  }

  private static Groups named(Dataset<Row> counted, Row all, double effect) {
    long groups = all.getLong(2);
    Share flips = new Share(all.getLong(3), all.getLong(4), effect);
    List<Group> first = new ArrayList<>();
    if (flips.count() > 0) {
      counted
          .where(
              col(Messages.SIDE)
                  .equalTo(all.getString(0))
                  .and(col(DIMENSION).equalTo(all.getString(1))))
          .where(col(FLIPS).gt(0))
          .withColumn(EVIDENCE, evidence(flips))
          .orderBy(col(EVIDENCE).desc(), col(FLIPS).desc(), col(VALUE))
          .limit(NAMED)
          .withColumn(VALUE, substring(col(VALUE), 1, MOST_NAME))
          .collectAsList()
          .forEach(row -> first.add(group(row, groups, flips)));
    }
    return new Groups(all.getString(1), groups, flips, first);
  }

  /** Likelihood ratio of the group's own share against that of all; 0 where it is no larger. */
  private static Column evidence(Share all) {
    Column flips = col(FLIPS);
    Column others = col(MESSAGES).minus(flips);
    Column expected = col(MESSAGES).multiply(all.value());
    Column ofFlips = flips.multiply(log(flips.divide(expected)));
    Column ofOthers =
        when(others.gt(0), others.multiply(log(others.divide(col(MESSAGES).minus(expected)))))
            .otherwise(0);
    return when(flips.gt(expected), ofFlips.plus(ofOthers)).otherwise(0);
  }

  private static Group group(Row row, long groups, Share all) {
    Share share = new Share(row.<Long>getAs(FLIPS), row.<Long>getAs(MESSAGES), all.designEffect());
    double chance = share.value() <= all.value() ? 1 : share.atLeast(all.value());
    return new Group(
        Optional.ofNullable(row.getAs(VALUE)),
        share,
        row.<Long>getAs(TO_HARMFUL),
        row.<Long>getAs(TO_HARMLESS),
        Math.min(1, groups * chance));
  }
}
