package io.bingoguard.label;

import static io.bingoguard.spark.rows.LabelRow.CONTENT_HASH;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.source.ExchangeHash;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Labels of texts that the run would judge, which earlier runs gave to equal ones. They are looked
 * for once, before anything is labelled, as that reads all of the labels.
 */
final class EarlierLabels implements AutoCloseable {
  static final EarlierLabels NONE = new EarlierLabels(Optional.empty());

  private final Optional<Dataset<Row>> byHash;

  private EarlierLabels(Optional<Dataset<Row>> byHash) {
    this.byHash = byHash;
  }

  /**
   * Looks for them.
   *
   * @param exchanges all that the run may label
   * @param labels rows of the labels table that may be kept
   */
  static EarlierLabels of(Dataset<Row> exchanges, Dataset<Row> labels) {
    if (labels.isEmpty()) {
      return NONE;
    }
    Dataset<Row> wanted =
        exchanges
            .where(col(ExchangeRow.STATUS).isNull())
            .select(ExchangeHash.of(exchanges).as(CONTENT_HASH))
            .distinct();
    Dataset<Row> found =
        labels
            .join(wanted, labels.col(CONTENT_HASH).equalTo(wanted.col(CONTENT_HASH)), "left_semi")
            .groupBy(CONTENT_HASH)
            .agg(max_by(struct(columns()), col(LabelRow.LABELLED_AT)).as(ExchangeRow.EARLIER))
            .persist(StorageLevel.MEMORY_AND_DISK());
    EarlierLabels earlier = new EarlierLabels(Optional.of(found));
    if (found.isEmpty()) {
      earlier.close();
      return NONE;
    }
    return earlier;
  }

  private static Column[] columns() {
    return LabelRow.EARLIER_COLUMNS.stream()
        .map(
            column ->
                column.equals(LabelRow.RUN_ID)
                    ? coalesce(col(LabelRow.REUSED_FROM), col(LabelRow.RUN_ID)).as(LabelRow.RUN_ID)
                    : col(column))
        .toArray(Column[]::new);
  }

  /** The same exchanges, with the labels that they are to keep. */
  Dataset<Row> addTo(Dataset<Row> exchanges) {
    return byHash
        .map(
            labels ->
                exchanges
                    .withColumn(
                        CONTENT_HASH,
                        when(col(ExchangeRow.STATUS).isNull(), ExchangeHash.of(exchanges)))
                    .join(labels, CONTENT_HASH, "left_outer")
                    .drop(CONTENT_HASH))
        .orElse(exchanges);
  }

  @Override
  public void close() {
    byHash.ifPresent(Dataset::unpersist);
  }
}
