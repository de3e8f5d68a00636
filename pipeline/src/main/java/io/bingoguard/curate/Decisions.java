package io.bingoguard.curate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.source.CorpusRecords;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** From exchanges beside their labels to records and why they are removed. */
final class Decisions {
  /** Place of an exchange in its record, from 0. */
  static final String PLACE = "place";

  /** Why a record is removed; empty for one that is kept. */
  static final String REASONS = "reasons";

  /** How many equal records a row stands for: one, unless they are a Delta table's. */
  static final String RECORDS = "records";

  private static final String SCENARIO = "scenario";
  private static final String TOGETHER = "together";
  private static final String ELSEWHERE = "elsewhere";
  private static final String LABELLED = "labelled";
  private static final List<Double> THRESHOLDS = List.of(0.1, 0.25, 0.5, 0.75, 0.9);
  private static final List<Integer> SEVERITIES = List.of(0, 1, 2, 3);

  private final CurationRules rules;

  Decisions(CurationRules rules) {
    this.rules = rules;
  }

  /**
   * One row for each record that is removed, or for equal ones.
   *
   * @param elsewhere conversations of which other records are removed for themselves
   */
  Dataset<Row> removed(Dataset<Row> judged, Optional<Dataset<Row>> elsewhere) {
    return decided(reasoned(judged).withColumn(SCENARIO, lit(0)), elsewhere)
        .where(isUnfit())
        .drop(SCENARIO, LABELLED);
  }

  /** The exchanges for which their records are removed. */
  Dataset<Row> unfit(Dataset<Row> judged) {
    return reasoned(judged).where(isUnfit());
  }

  /** Whether a record is not removed for others of its conversation alone. */
  static Column isOwn() {
    return not(array_contains(col(REASONS), Reasons.CONVERSATION));
  }

  private Dataset<Row> reasoned(Dataset<Row> judged) {
    return judged.withColumn(REASONS, new Reasons(rules).column());
  }

  private static Column isUnfit() {
    return size(col(REASONS)).gt(0);
  }

  /** What the rules would do, and after them the same with other thresholds and limits. */
  List<PlannedCuration> plan(Dataset<Row> judged) {
    List<CurationRules> scenarios = new ArrayList<>();
    scenarios.add(rules);
    THRESHOLDS.forEach(threshold -> scenarios.add(rules.atThreshold(threshold)));
    if (rules.responses()) {
      SEVERITIES.forEach(level -> scenarios.add(rules.upToSeverity(level)));
    }
    Column[] reasons =
        scenarios.stream().map(each -> new Reasons(each).column()).toArray(Column[]::new);
    List<Column> columns = new ArrayList<>();
    for (String name : judged.columns()) {
      columns.add(col(name));
    }
    columns.add(posexplode(array(reasons)).as(new String[] {SCENARIO, REASONS}));
    Column gone = isUnfit();
    Column doubt = gone.and(size(array_except(col(REASONS), doubts())).equalTo(0));
    return decided(judged.select(columns.toArray(Column[]::new)), Optional.empty())
        .groupBy(SCENARIO)
        .agg(
            sum(RECORDS),
            sum(when(gone, col(RECORDS)).otherwise(0L)),
            sum(when(doubt, col(RECORDS)).otherwise(0L)),
            sum(when(col(LABELLED), 0L).otherwise(col(RECORDS))))
        .collectAsList()
        .stream()
        .sorted(Comparator.comparingInt(row -> row.getInt(0)))
        .map(
            row ->
                new PlannedCuration(
                    scenarios.get(row.getInt(0)).toString(),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4)))
        .toList();
  }

  private static Column doubts() {
    return array(lit(Reasons.UNKNOWN), lit(Reasons.UNLABELLED));
  }

  private Dataset<Row> decided(Dataset<Row> exchanges, Optional<Dataset<Row>> elsewhere) {
    Column own = array_sort(array_distinct(flatten(collect_list(REASONS))));
    return together(exchanges, elsewhere)
        .groupBy(SCENARIO, CorpusRecords.KEY)
        .agg(
            first(CorpusRecords.FILE).as(CorpusRecords.FILE),
            first(CorpusRecords.ROW).as(CorpusRecords.ROW),
            first(CorpusRecords.CONVERSATION_ID).as(CorpusRecords.CONVERSATION_ID),
            array_sort(collect_set(CorpusRecords.CONTENT_HASH)).as("content_hashes"),
            own.as(REASONS),
            array_sort(collect_set(LabelRow.PROMPT_CATEGORY)).as("prompt_categories"),
            array_sort(collect_set(LabelRow.RESPONSE_CATEGORY)).as("response_categories"),
            max(LabelRow.SEVERITY).as("max_severity"),
            count_if(col(PLACE).equalTo(0)).as(RECORDS),
            max(TOGETHER).as(TOGETHER),
            min(col(LabelRow.LABEL_STATUS).isNotNull()).as(LABELLED))
        .withColumn(
            REASONS,
            when(size(col(REASONS)).equalTo(0).and(col(TOGETHER)), array(lit(Reasons.CONVERSATION)))
                .otherwise(col(REASONS)))
        .drop(TOGETHER);
  }

  /** Says of exchanges whether one of their conversation is unfit, where that counts. */
  private Dataset<Row> together(Dataset<Row> exchanges, Optional<Dataset<Row>> elsewhere) {
    if (rules.unit() != CurationRules.Unit.CONVERSATION) {
      return exchanges.withColumn(TOGETHER, lit(false));
    }
    Column here = max(isUnfit()).over(Window.partitionBy(SCENARIO, CorpusRecords.CONVERSATION_ID));
    return elsewhere
        .map(
            conversations ->
                exchanges
                    .join(
                        conversations
                            .select(col(CorpusRecords.CONVERSATION_ID), lit(true).as(ELSEWHERE))
                            .distinct(),
                        new String[] {CorpusRecords.CONVERSATION_ID},
                        "left")
                    .withColumn(TOGETHER, here.or(col(ELSEWHERE).isNotNull()))
                    .drop(ELSEWHERE))
        .orElseGet(() -> exchanges.withColumn(TOGETHER, here));
  }
}
