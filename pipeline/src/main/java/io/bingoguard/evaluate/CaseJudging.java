package io.bingoguard.evaluate;

import io.bingoguard.evaluate.dataset.GoldCase;
import io.bingoguard.guard.Exchange;
import io.bingoguard.spark.labelling.LabelPartitions;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.SeverityPartitions;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Lets a model judge cases on Spark, by the same code that labels corpora. */
public final class CaseJudging {
  private final SparkSession spark;
  private final LabellingOptions options;

  /**
   * A judge.
   *
   * @param options the model and how it is asked
   */
  public CaseJudging(SparkSession spark, LabellingOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /** Judges cases; the answers come in their order. */
  public List<Judged> judge(List<GoldCase> cases) {
    Map<Integer, OptionalInt> graded = inGoldCategory(cases);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      // A case is a conversation of one exchange, whose id is its place in the set.
      rows.add(ExchangeRow.of(Integer.toString(i), 0, judged(cases.get(i))).write());
    }
    Judged[] judged = new Judged[cases.size()];
    Dataset<Row> labels =
        spread(spark.createDataFrame(rows, ExchangeRow.schema()), cases.size())
            .mapPartitions(
                LabelPartitions.on(spark.sparkContext(), options),
                LabelRow.encoder(options.includeText()));
    for (Row row : labels.collectAsList()) {
      int number = Integer.parseInt(row.getAs(LabelRow.CONVERSATION_ID));
      judged[number] =
          new Judged(LabelRow.label(row), graded.getOrDefault(number, OptionalInt.empty()));
    }
    return List.of(judged);
  }

  /** A reply without a gold label is not put to the judge; a message is, as its context. */
  private static Exchange judged(GoldCase one) {
    boolean reply = one.responseHarmful().isPresent() || one.severity().isPresent();
    return reply ? one.exchange() : new Exchange(one.exchange().prompt(), Optional.empty());
  }

  private Map<Integer, OptionalInt> inGoldCategory(List<GoldCase> cases) {
    List<Row> questions = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      GoldCase one = cases.get(i);
      if (one.severity().isPresent() && one.category().isPresent()) {
        questions.add(SeverityPartitions.question(i, one.category().get(), one.exchange()));
      }
    }
    Map<Integer, OptionalInt> graded = new HashMap<>();
    if (questions.isEmpty()) {
      return graded;
    }
    spread(spark.createDataFrame(questions, SeverityPartitions.questions()), questions.size())
        .mapPartitions(new SeverityPartitions(options), SeverityPartitions.grades())
        .collectAsList()
        .forEach(
            grade ->
                graded.put(SeverityPartitions.number(grade), SeverityPartitions.severity(grade)));
    return graded;
  }

  private Dataset<Row> spread(Dataset<Row> rows, int count) {
    int parallelism = spark.sparkContext().defaultParallelism();
    return rows.repartition(Math.max(1, Math.min(parallelism, count)));
  }
}
