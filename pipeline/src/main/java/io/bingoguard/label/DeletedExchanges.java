package io.bingoguard.label;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.source.Corpus;
import io.bingoguard.source.DataFile;
import io.bingoguard.source.ExchangeKeys;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.FilesTable;
import io.bingoguard.table.LabelsTable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
  private static final Column MARKED = col(LabelRow.SOURCE_DELETED).eqNullSafe(true);

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
   * Labels that a run marked, and from which it took the mark.
   *
   * @param deleted their exchanges are no longer there
   * @param back their exchanges are there again
   */
  record Marks(long deleted, long back) {
    static final Marks NONE = new Marks(0, 0);
  }

  /**
   * Compares the labels of what has changed with the input as it is.
   *
   * @param marking whether labels are to be marked; the mark is taken away in any case
   * @param all whether labels of other models are to be compared too, which may know of the input
   *     as it was before this model read it
   */
  Marks compare(FileSelection selected, boolean marking, boolean all) {
    boolean marks = !labels.read().where(MARKED).isEmpty();
    if (!marking && !marks) {
      return Marks.NONE;
    }
    if (selected.input().version().isPresent()) {
      return selected.rewrites().isEmpty() && !all ? Marks.NONE : changeTable(selected, marking);
    }
    Set<String> gone = new TreeSet<>(selected.gone());
    if (all) {
      gone.addAll(files.knownToAll(corpus.path()).paths(corpus.textLayout()));
      gone.removeAll(selected.there().stream().map(DataFile::path).collect(Collectors.toSet()));
    }
    // Files that are new to this model may be known to the marked labels of another.
    return changeFiles(marks || all ? selected.toRead() : selected.compared(), gone, marking);
  }

  /** All rows of the table have to be read: which label is of which file is not known. */
  private Marks changeTable(FileSelection selected, boolean marking) {
    return new ReadAhead(corpus, false)
        .read(selected.there(), some -> change(some, files.labelsOfTable(corpus.path()), marking));
  }

  private Marks changeFiles(List<DataFile> compared, Set<String> gone, boolean marking) {
    if (gone.isEmpty() && compared.isEmpty()) {
      return Marks.NONE;
    }
    return ahead.read(
        compared,
        some -> {
          Object[] paths =
              Stream.concat(gone.stream(), some.stream().map(DataFile::path)).toArray();
          return change(some, col(LabelRow.INPUT_FILE).isin(paths), marking);
        });
  }

  private Marks change(List<DataFile> there, Column among, boolean marking) {
    Dataset<Row> held = ExchangeKeys.of(corpus.exchanges(there));
    Dataset<Row> known = labels.read().where(among);
    long marked = marking ? change(known.where(MARKED.equalTo(false)), held, "left_anti", true) : 0;
    return new Marks(marked, change(known.where(MARKED), held, "left_semi", false));
  }

  private long change(Dataset<Row> known, Dataset<Row> held, String join, boolean deleted) {
    Dataset<Row> found =
        known
            .join(held, ExchangeKeys.same(known, held), join)
            .select(ExchangeKeys.columns(known))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long rows = found.count();
      if (rows > 0) {
        labels.markDeleted(found.distinct(), deleted);
      }
      return rows;
    } finally {
      found.unpersist();
    }
  }
}
