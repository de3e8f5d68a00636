package io.bingoguard.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.bingoguard.source.Corpus;
import io.bingoguard.source.DataFile;
import io.bingoguard.source.ExchangeKeys;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.FileState;
import io.bingoguard.table.FilesTable;
import io.bingoguard.table.InputFiles;
import io.bingoguard.table.KnownFiles;
import io.bingoguard.table.LabelsTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes room for exchanges to be judged again that came out as errors. First their files are to be
 * compared with their labels, then the errors are deleted: whenever a run ends in between, the next
 * finds what has no label. Errors of exchanges that the input no longer holds stay: nothing would
 * take their place.
 */
final class ErrorRetry {
  private final Corpus corpus;
  private final LabelsTable labels;
  private final FilesTable files;
  private final ReadAhead ahead;
  private final Predicate<String> judgedLanguages;

  ErrorRetry(
      Corpus corpus,
      LabelsTable labels,
      FilesTable files,
      ReadAhead ahead,
      Predicate<String> judgedLanguages) {
    this.corpus = corpus;
    this.labels = labels;
    this.files = files;
    this.ahead = ahead;
    this.judgedLanguages = judgedLanguages;
  }

  /**
   * Deletes the errors of an input.
   *
   * @return how many there were
   */
  long prepare() {
    KnownFiles known = files.known(corpus.path());
    Set<String> paths = new HashSet<>(known.paths(corpus.textLayout()));
    paths.addAll(known.pathsOfLabels());
    List<DataFile> there = corpus.files();
    if (known.version().isPresent()) {
      return prepare(there, files.labelsOfTable(corpus.path()), input(known, paths));
    }
    paths.retainAll(there.stream().map(DataFile::path).toList());
    paths.retainAll(withErrors());
    Column among = col(LabelRow.INPUT_FILE).isin(paths.toArray());
    List<DataFile> holding =
        corpus.divisible()
            ? there.stream().filter(file -> paths.contains(file.path())).toList()
            : there;
    return paths.isEmpty() ? 0 : prepare(holding, among, input(known, paths));
  }

  private InputFiles input(KnownFiles known, Set<String> paths) {
    List<FileState> unsettled = paths.stream().map(FileState::unknown).toList();
    return new InputFiles(corpus.path(), corpus.textLayout(), known.version(), unsettled);
  }

  private long prepare(List<DataFile> holding, Column among, InputFiles unsettled) {
    Dataset<Row> errors = retriable().where(among);
    return errors.isEmpty()
        ? 0
        : ahead.read(
            holding, some -> delete(errors, ExchangeKeys.of(corpus.exchanges(some)), unsettled));
  }

  private long delete(Dataset<Row> errors, Dataset<Row> held, InputFiles unsettled) {
    Dataset<Row> found =
        errors
            .join(held, ExchangeKeys.same(errors, held), "left_semi")
            .select(ExchangeKeys.columns(errors))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long rows = found.count();
      if (rows > 0) {
        files.unsettle(unsettled);
        labels.deleteRetriable(found.distinct());
      }
      return rows;
    } finally {
      found.unpersist();
    }
  }

  /**
   * Without those that would only be left out for their language: a verdict on one of their two
   * messages would be lost by that.
   */
  private Dataset<Row> retriable() {
    Dataset<Row> rows = labels.retriable();
    Column language = col(LabelRow.LANGUAGE);
    Object[] others =
        rows.select(language).where(language.isNotNull()).distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .filter(judgedLanguages.negate())
            .toArray();
    return rows.where(language.isNull().or(not(language.isin(others))));
  }

  /** Paths of files of any input that have errors. */
  private Set<String> withErrors() {
    return retriable()
        .where(col(LabelRow.INPUT_FILE).isNotNull())
        .select(LabelRow.INPUT_FILE)
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }
}
