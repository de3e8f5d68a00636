package io.bingoguard.label;

import io.bingoguard.guard.GuardException;
import io.bingoguard.progress.Steps;
import io.bingoguard.source.Corpus;
import io.bingoguard.table.FilesTable;
import io.bingoguard.table.KnownFiles;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.RunFiles;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Labels what is new in an input: finds out which files that is, and labels them. */
final class InputLabelling {
  private static final Logger LOG = LoggerFactory.getLogger(InputLabelling.class);

  private final Corpus corpus;
  private final InputPolicy policy;
  private final LabelsTable labels;
  private final FilesTable files;
  private final String runId;
  private long retried;

  InputLabelling(
      Corpus corpus, InputPolicy policy, LabelsTable labels, FilesTable files, String runId) {
    this.corpus = corpus;
    this.policy = policy;
    this.labels = labels;
    this.files = files;
    this.runId = runId;
  }

  /** Errors of earlier runs that are judged again. */
  long retried() {
    return retried;
  }

  /**
   * Labels what is new.
   *
   * @param fresh whether nothing is labelled or recorded yet
   * @param filesWhenThere waits for the table of files, which may be under way
   */
  RunFiles run(
      LabelWriter writer,
      boolean fresh,
      Supplier<FilesTable> filesWhenThere,
      LabelProgress progress,
      Steps steps) {
    steps.begin("Looking for new files");
    if (!fresh && policy.retryErrors()) {
      retried = new ErrorRetry(labels, files, runId).prepare(corpus.path(), corpus.textLayout());
    }
    List<String> edits = fresh ? List.of() : files.editsOfLabels();
    KnownFiles known = fresh ? KnownFiles.NONE : files.known(corpus.path());
    boolean uncertain = !fresh && files.uncertain(corpus.path());
    FileSelection selected = new FileSelector(corpus, known, policy, uncertain).select();
    if (!selected.toRead().isEmpty()) {
      steps.begin("Counting the conversations");
      OptionalLong total = total(selected);
      steps.pause();
      progress.show(total);
    }
    FileLabelling labelling =
        new FileLabelling(
            writer,
            labels,
            filesWhenThere,
            new FileLabelling.Steering(
                runId, policy, e -> GuardException.in(e).or(progress::failure), progress::check));
    labelling.run(corpus, selected);
    if (uncertain) {
      files.compared(corpus.path());
    }
    return new RunFiles(
        labelling.labelled(),
        selected.changed(),
        selected.gone(),
        labelling.quarantined(),
        selected.rewrites(),
        edits);
  }

  /** Files that cannot be counted are met again when they are labelled, where that is told. */
  private OptionalLong total(FileSelection selected) {
    try {
      return corpus.conversations(selected.toRead());
    } catch (Exception e) {
      LOG.debug("The conversations could not be counted", e);
      return OptionalLong.empty();
    }
  }
}
