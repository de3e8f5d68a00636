package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.compare.statistic.Share;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.List;
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
   * Groups of each dimension that the messages have.
   *
   * @param effect design effect of flips
   */
  static List<Groups> of(Dataset<Row> messages, double effect) {
    List<Groups> groups = new ArrayList<>();
    groups.add(of(messages, LabelRow.SOURCE, col(LabelRow.SOURCE), effect));
    groups.add(of(messages, LabelRow.LANGUAGE, col(LabelRow.LANGUAGE), effect));
    Column category = coalesce(col(Messages.CATEGORY_BEFORE), col(Messages.CATEGORY_AFTER));
    groups.add(of(messages.where(category.isNotNull()), CATEGORY, category, effect));
    return groups.stream().filter(each -> each.flips().outOf() > 0).toList();
  }

  private static Groups of(Dataset<Row> messages, String dimension, Column value, double effect) {
    Dataset<Row> counted =
        messages
            .groupBy(value.as(VALUE))
            .agg(
                count(lit(1)).as(MESSAGES),
                count_if(col(Messages.FLIPPED)).as(FLIPS),
                count_if(flip(VerdictState.HARMLESS, VerdictState.HARMFUL)).as(TO_HARMFUL),
                count_if(flip(VerdictState.HARMFUL, VerdictState.HARMLESS)).as(TO_HARMLESS));
    counted.persist(StorageLevel.DISK_ONLY());
    try {
      return named(dimension, counted, effect);
    } finally {
      counted.unpersist();
    }
  }

  private static Groups named(String dimension, Dataset<Row> counted, double effect) {
    Row all =
        counted
            .agg(
                count(lit(1)),
                coalesce(sum(FLIPS), lit(0L)),
                coalesce(sum(MESSAGES), lit(0L)))
            .first();
    long groups = all.getLong(0);
    Share flips = new Share(all.getLong(1), all.getLong(2), effect);
    List<Group> first = new ArrayList<>();
    if (flips.count() > 0) {
      counted
          .where(col(FLIPS).gt(0))
          .withColumn(EVIDENCE, evidence(flips))
          .orderBy(col(EVIDENCE).desc(), col(FLIPS).desc(), col(VALUE))
          .limit(NAMED)
          .withColumn(VALUE, substring(col(VALUE), 1, MOST_NAME))
          .collectAsList()
          .forEach(row -> first.add(group(row, groups, flips)));
    }
    return new Groups(dimension, groups, flips, first);
  }

  private static Column flip(VerdictState before, VerdictState after) {
    return col(Messages.VERDICT_BEFORE)
        .equalTo(before.key())
        .and(col(Messages.VERDICT_AFTER).equalTo(after.key()));
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
    long flips = row.getAs(FLIPS);
    long messages = row.getAs(MESSAGES);
    Share share = new Share(flips, messages, all.designEffect());
    double chance = share.value() <= all.value() ? 1 : share.atLeast(all.value());
    return new Group(
        Optional.ofNullable(row.getAs(VALUE)),
        share,
        row.<Long>getAs(TO_HARMFUL),
        row.<Long>getAs(TO_HARMLESS),
        Math.min(1, groups * chance));
  }
}
