package io.bingoguard.label;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.source.Corpus;
import io.bingoguard.source.DataFile;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.FileState;
import io.bingoguard.table.FilesTable;
import io.bingoguard.table.LabelsTable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Marks labels whose exchanges an input no longer holds, and takes the mark from those that it
 * holds again. Done before anything is labelled: a run that dies later has the next do it again.
 */
final class DeletedExchanges {
  private static final Column[] KEY =
      Arrays.stream(Unlabelled.KEY).map(column -> col(column)).toArray(Column[]::new);

  private final Corpus corpus;
  private final LabelsTable labels;
  private final FilesTable files;
  private final ReadAhead ahead;

  DeletedExchanges(Corpus corpus, LabelsTable labels, FilesTable files, ReadAhead ahead) {
    this.corpus = corpus;
    this.labels = labels;
    this.files = files;
    this.ahead = ahead;
  }

  /**
   * Compares the labels of what has changed with the input as it is.
   *
   * @return number of labels that were marked
   */
  long mark(FileSelection selected) {
    if (selected.input().version().isPresent()) {
      // All rows of the table have to be read: which label is of which file is not known.
      return selected.rewrites().isEmpty()
          ? 0
          : new ReadAhead(corpus, false)
              .read(corpus.files(), all -> mark(selected, all, files.labelsOfTable(corpus.path())));
    }
    if (selected.gone().isEmpty() && selected.compared().isEmpty()) {
      return 0;
    }
    return ahead.read(
        selected.compared(),
        some -> {
          Object[] paths =
              Stream.concat(selected.gone().stream(), some.stream().map(DataFile::path)).toArray();
          return mark(selected, some, col(LabelRow.INPUT_FILE).isin(paths));
        });
  }

  private long mark(FileSelection selected, List<DataFile> there, Column among) {
    Dataset<Row> held = keys(there);
    Dataset<Row> known = labels.read().where(among);
    Column marked = col(LabelRow.SOURCE_DELETED).eqNullSafe(true);
    Dataset<Row> deleted = joined(known.where(marked.equalTo(false)), held, "left_anti");
    Dataset<Row> returned = joined(known.where(marked), held, "left_semi");
    try {
      long rows = deleted.count();
      if (rows > 0) {
        // Whenever files come back, their labels are looked at.
        files.unsettle(selected.input().of(gone(selected)));
        labels.markDeleted(deleted.distinct(), true);
      }
      if (!returned.isEmpty()) {
        labels.markDeleted(returned.distinct(), false);
      }
      return rows;
    } finally {
      deleted.unpersist();
      returned.unpersist();
    }
  }

  private Dataset<Row> keys(List<DataFile> some) {
    if (some.isEmpty()) {
      return labels.read().select(KEY).limit(0);
    }
    Dataset<Row> exchanges = corpus.exchanges(some);
    return exchanges
        .withColumn(LabelRow.CONTENT_HASH, ExchangeHash.of(exchanges))
        .select(KEY)
        .distinct();
  }

  private static Dataset<Row> joined(Dataset<Row> known, Dataset<Row> held, String join) {
    Column same =
        Stream.of(Unlabelled.KEY)
            .map(column -> known.col(column).eqNullSafe(held.col(column)))
            .reduce(Column::and)
            .orElseThrow();
    return known.join(held, same, join).select(KEY).persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static List<FileState> gone(FileSelection selected) {
    return selected.gone().stream()
        .map(path -> new FileState(path, OptionalLong.empty(), OptionalLong.empty()))
        .toList();
  }
}
