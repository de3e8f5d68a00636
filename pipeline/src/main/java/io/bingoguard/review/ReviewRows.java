package io.bingoguard.review;

import io.bingoguard.table.ReviewTable;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Answers as the table {@code reviews} has them. */
final class ReviewRows {
  private final ReviewTable table;

  ReviewRows(ReviewTable table) {
    this.table = table;
  }

  /** Ids of samples with an answer. */
  Set<String> samples() {
    return new TreeSet<>(
        table
            .read()
            .select(ReviewTable.SAMPLE_ID)
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
  }

  List<Review> of(String sampleId) {
    return table.of(sampleId).orderBy("item_id", "reviewer").collectAsList().stream()
        .map(ReviewRows::review)
        .toList();
  }

  void replace(String sampleId, Collection<Review> reviews) {
    table.replace(
        sampleId, reviews.stream().map(ReviewRows::row).toList(), "{\"reviews\":\"import\"}");
  }

  private static Row row(Review review) {
    return RowFactory.create(
        review.sampleId(),
        review.itemId(),
        review.reviewer(),
        review.harmful().orElse(null),
        review.category().orElse(null),
        review.at().map(Timestamp::from).orElse(null),
        review.tool(),
        Timestamp.from(review.importedAt()));
  }

  private static Review review(Row row) {
    return new Review(
        row.getAs(ReviewTable.SAMPLE_ID),
        row.getAs("item_id"),
        row.getAs("reviewer"),
        Optional.ofNullable(row.getAs("harmful")),
        Optional.ofNullable(row.getAs("category")),
        Optional.<Timestamp>ofNullable(row.getAs("reviewed_at")).map(Timestamp::toInstant),
        row.getAs("tool"),
        row.<Timestamp>getAs("imported_at").toInstant());
  }
}
