package io.bingoguard.table;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A table of reviews beside the labels, by samples. */
public final class ReviewTable {
  public static final String SAMPLE_ID = "sample_id";
  private static final String SAMPLED_AT = "sampled_at";

  private final SparkSession spark;
  private final PathTable table;
  private final StructType schema;

  private ReviewTable(SparkSession spark, String path, TableSpec spec) {
    this.spark = spark;
    this.table = new PathTable(spark, path, spec);
    this.schema = spec.columns();
  }

  /** {@code review_sample} of an output; nothing is read or written. */
  public static ReviewTable sample(SparkSession spark, OutputDirectory output) {
    return new ReviewTable(spark, output.reviewSample(), ReviewSpecs.SAMPLE);
  }

  /** {@code reviews} of an output; nothing is read or written. */
  public static ReviewTable reviews(SparkSession spark, OutputDirectory output) {
    return new ReviewTable(spark, output.reviews(), ReviewSpecs.REVIEWS);
  }

  /** {@code review_estimates} of an output; nothing is read or written. */
  public static ReviewTable estimates(SparkSession spark, OutputDirectory output) {
    return new ReviewTable(spark, output.reviewEstimates(), ReviewSpecs.ESTIMATES);
  }

  /**
   * Refuses a table that could not be written; changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE
   */
  public void refuseUnfit() {
    table.refuseUnfit();
  }

  /** The rows; none where there is no such table. */
  public Dataset<Row> read() {
    return table.exists() ? table.read() : spark.createDataFrame(List.<Row>of(), schema);
  }

  /** The rows of a sample. */
  public Dataset<Row> of(String sampleId) {
    return read().where(col(SAMPLE_ID).equalTo(sampleId));
  }

  /** The sample that was drawn last; of tables that say when that was. */
  public Optional<String> newest() {
    return read()
        .orderBy(col(SAMPLED_AT).desc(), col(SAMPLE_ID))
        .select(SAMPLE_ID)
        .limit(1)
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .findFirst();
  }

  /** The columns, in their order. */
  public StructType schema() {
    return schema;
  }

  /** Puts rows in the place of those of a sample, in one commit; creates the table first. */
  public void replace(String sampleId, List<Row> rows, String userMetadata) {
    table.create();
    table.widen();
    table.replace(
        spark.createDataFrame(rows, schema).coalesce(1),
        "%s = %s".formatted(SAMPLE_ID, SqlText.literal(sampleId)),
        userMetadata);
  }
}
