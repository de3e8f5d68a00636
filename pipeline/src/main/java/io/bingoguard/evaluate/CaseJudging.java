package io.bingoguard.evaluate;

import io.bingoguard.evaluate.dataset.GoldCase;
import io.bingoguard.guard.Exchange;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.progress.ProgressWords;
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
  private static final ProgressWords CASES = new ProgressWords("judged", "case", "cases", "cases");
  private static final ProgressWords GRADED =
      new ProgressWords("graded", "reply", "replies", "replies in their gold categories");

  private final SparkSession spark;
  private final LabellingOptions options;
  private final ProgressDisplay display;

  /**
   * A judge.
   *
   * @param options the model and how it is asked
   * @param display where it shows how far it is
   */
  public CaseJudging(SparkSession spark, LabellingOptions options, ProgressDisplay display) {
    this.spark = spark;
    this.options = options;
    this.display = display;
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
    for (Row row : labels(rows)) {
      int number = Integer.parseInt(row.getAs(LabelRow.CONVERSATION_ID));
      judged[number] =
          new Judged(LabelRow.label(row), graded.getOrDefault(number, OptionalInt.empty()));
    }
    return List.of(judged);
  }

  private List<Row> labels(List<Row> cases) {
    try (CaseProgress progress =
        new CaseProgress(spark.sparkContext(), display, CASES, cases.size())) {
      return spread(spark.createDataFrame(cases, ExchangeRow.schema()), cases.size())
          .mapPartitions(
              progress.counting(LabelPartitions.on(spark.sparkContext(), options)),
              LabelRow.encoder(options.includeText()))
          .collectAsList();
    }
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
    try (CaseProgress progress =
        new CaseProgress(spark.sparkContext(), display, GRADED, questions.size())) {
      spread(spark.createDataFrame(questions, SeverityPartitions.questions()), questions.size())
          .mapPartitions(
              progress.counting(new SeverityPartitions(options)), SeverityPartitions.grades())
          .collectAsList()
          .forEach(
              grade ->
                  graded.put(SeverityPartitions.number(grade), SeverityPartitions.severity(grade)));
    }
    return graded;
  }

  private Dataset<Row> spread(Dataset<Row> rows, int count) {
    int parallelism = spark.sparkContext().defaultParallelism();
    return rows.repartition(Math.max(1, Math.min(parallelism, count)));
  }
}
