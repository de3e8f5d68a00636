package io.bingoguard.label;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.source.Corpus;
import io.bingoguard.source.DataFile;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.FileState;
import io.bingoguard.table.FilesTable;
import io.bingoguard.table.InputFiles;
import io.bingoguard.table.KnownFiles;
import io.bingoguard.table.LabelsTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;

/**
 * Makes room for exchanges to be judged again that came out as errors. First their files are to be
 * compared with their labels, then the errors are deleted: whenever a run ends in between, the next
 * finds what has no label.
 */
final class ErrorRetry {
  private final LabelsTable labels;
  private final FilesTable files;

  ErrorRetry(LabelsTable labels, FilesTable files) {
    this.labels = labels;
    this.files = files;
  }

  /**
   * Deletes the errors of an input.
   *
   * @return how many there were
   */
  long prepare(Corpus corpus) {
    String input = corpus.path();
    String layout = corpus.textLayout();
    KnownFiles known = files.known(input);
    Set<String> paths = new HashSet<>(known.paths(layout));
    paths.addAll(known.pathsOfLabels());
    if (known.version().isEmpty()) {
      // Nothing would take the place of errors of a file that is gone.
      paths.retainAll(corpus.files().stream().map(DataFile::path).toList());
    }
    boolean table = known.version().isPresent();
    Column among =
        table
            ? files.labelsOfTable(input)
            : col(LabelRow.INPUT_FILE).isin(withErrors(paths).toArray());
    long errors = labels.errors().where(among).count();
    if (errors > 0) {
      List<FileState> unsettled =
          (table ? List.copyOf(paths) : withErrors(paths))
              .stream().map(FileState::unknown).toList();
      files.unsettle(new InputFiles(input, layout, known.version(), unsettled));
      labels.deleteErrors(among);
    }
    return errors;
  }

  private List<String> withErrors(Set<String> paths) {
    List<String> found = new ArrayList<>();
    labels
        .errors()
        .select(LabelRow.INPUT_FILE)
        .distinct()
        .collectAsList()
        .forEach(
            row -> {
              if (!row.isNullAt(0) && paths.contains(row.getString(0))) {
                found.add(row.getString(0));
              }
            });
    return found;
  }
}
