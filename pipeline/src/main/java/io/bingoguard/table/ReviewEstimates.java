package io.bingoguard.table;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.spark.rows.LabelRow;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** What reviews of an output tell, as {@code review_estimates} has it. */
public final class ReviewEstimates {
  private static final String SAMPLED_AT = "sampled_at";

  private final ReviewTable table;

  private ReviewEstimates(ReviewTable table) {
    this.table = table;
  }

  /** Those of an output; nothing is read or written. */
  public static ReviewEstimates of(SparkSession spark, OutputDirectory output) {
    return new ReviewEstimates(ReviewTable.estimates(spark, output));
  }

  /**
   * Refuses a table that could not be written; changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE
   */
  public void refuseUnfit() {
    table.refuseUnfit();
  }

  /**
   * The sample that was drawn last of those with reviews; of a model, if there is one.
   *
   * @param modelRevision digest of the model's files
   * @param promptPack name, version and digest of its prompt pack
   */
  public Optional<ReviewedSample> newest(String modelRevision, String promptPack) {
    List<String> ids =
        table
            .read()
            .select(
                col(ReviewTable.SAMPLE_ID),
                col(SAMPLED_AT),
                col(LabelRow.MODEL_REVISION)
                    .equalTo(modelRevision)
                    .and(col(LabelRow.PROMPT_PACK).equalTo(promptPack))
                    .as("of_model"))
            .distinct()
            .orderBy(col("of_model").desc(), col(SAMPLED_AT).desc(), col(ReviewTable.SAMPLE_ID))
            .limit(1)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    return ids.stream().findFirst().flatMap(this::sample);
  }

  private Optional<ReviewedSample> sample(String id) {
    List<Row> rows = table.of(id).collectAsList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(sample(rows));
  }

  /** Puts what reviews tell in the place of what they told before, if it is something else. */
  public void write(ReviewedSample sample, Instant at) {
    if (!sample(sample.id()).equals(Optional.of(sample))) {
      table.replace(
          sample.id(),
          sample.figures().stream().map(figure -> row(sample, figure, at)).toList(),
          "{\"reviews\":\"estimates\"}");
    }
  }

  private static Row row(ReviewedSample sample, ReviewFigure figure, Instant at) {
    ReviewFigure.Counts counts = figure.counts();
    return RowFactory.create(
        sample.id(),
        figure.side(),
        figure.measure(),
        figure.method(),
        figure.category().orElse(null),
        figure.measured().map(ReviewFigure.Measured::estimate).orElse(null),
        figure.measured().map(ReviewFigure.Measured::low).orElse(null),
        figure.measured().map(ReviewFigure.Measured::high).orElse(null),
        figure.judged().orElse(null),
        figure.expected().orElse(null),
        counts.messages(),
        counts.sampled(),
        counts.reviewed(),
        counts.answers(),
        counts.disputed(),
        counts.strata(),
        counts.strataReviewed(),
        sample.modelId(),
        sample.modelRevision(),
        sample.promptPack(),
        Timestamp.from(sample.sampledAt()),
        Timestamp.from(at));
  }

  private static ReviewedSample sample(List<Row> rows) {
    Row any = rows.get(0);
    return new ReviewedSample(
        any.getAs(ReviewTable.SAMPLE_ID),
        any.getAs(LabelRow.MODEL_ID),
        any.getAs(LabelRow.MODEL_REVISION),
        any.getAs(LabelRow.PROMPT_PACK),
        any.<Timestamp>getAs(SAMPLED_AT).toInstant(),
        rows.stream().map(ReviewEstimates::figure).toList());
  }

  private static ReviewFigure figure(Row row) {
    Optional<Double> estimate = Optional.ofNullable(row.getAs("estimate"));
    return new ReviewFigure(
        row.getAs("side"),
        row.getAs("measure"),
        row.getAs("method"),
        Optional.ofNullable(row.getAs("category")),
        estimate.map(
            value ->
                new ReviewFigure.Measured(
                    value, row.<Double>getAs("low"), row.<Double>getAs("high"))),
        Optional.ofNullable(row.getAs("judged")),
        Optional.ofNullable(row.getAs("expected")),
        new ReviewFigure.Counts(
            row.<Long>getAs("messages"),
            row.<Long>getAs("sampled"),
            row.<Long>getAs("reviewed"),
            row.<Long>getAs("answers"),
            row.<Long>getAs("disputed"),
            row.<Long>getAs("strata"),
            row.<Long>getAs("strata_reviewed")));
  }
}
