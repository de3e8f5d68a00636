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
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Labels what is new in an input: finds out which files that is, and labels them. */
final class InputLabelling {
  private static final Logger LOG = LoggerFactory.getLogger(InputLabelling.class);

  private final Corpus corpus;
  private final InputPolicy policy;
  private final LabelsTable labels;
  private final FilesTable files;
  private long retried;
  private DeletedExchanges.Marks marks = DeletedExchanges.Marks.NONE;

  InputLabelling(Corpus corpus, InputPolicy policy, LabelsTable labels, FilesTable files) {
    this.corpus = corpus;
    this.policy = policy;
    this.labels = labels;
    this.files = files;
  }

  /**
   * What earlier runs have left.
   *
   * @param files waits for the table of files, which may be under way
   * @param begin told that something is going to be done
   * @param known what is known of the files of the input
   * @param edits commits by which others changed the labels
   * @param alike waits for labels that were made in the way of this run, texts of any input
   */
  record Before(
      Supplier<FilesTable> files,
      Runnable begin,
      KnownFiles known,
      List<String> edits,
      Supplier<Dataset<Row>> alike) {}

  /** Errors of earlier runs that are judged again. */
  long retried() {
    return retried;
  }

  /** Labels of earlier runs whose exchanges were found to be gone, or back. */
  DeletedExchanges.Marks marks() {
    return marks;
  }

  /**
   * Labels what is new.
   *
   * @param fresh whether nothing is labelled or recorded yet
   */
  RunFiles run(
      LabelWriter writer, boolean fresh, Before before, LabelProgress progress, Steps steps) {
    steps.begin("Looking for new files");
    ReadAhead ahead = new ReadAhead(corpus, policy.has(InputPolicy.Choice.QUARANTINE));
    if (!fresh && policy.has(InputPolicy.Choice.RETRY_ERRORS)) {
      before.begin().run();
      retried = new ErrorRetry(corpus, labels, files, ahead, policy.judgedLanguages()).prepare();
    }
    KnownFiles known = retried > 0 ? files.known(corpus.path()) : before.known();
    boolean uncertain = !fresh && files.uncertain(corpus.path());
    FileSelection selected = new FileSelector(corpus, known, policy, uncertain).select();
    if (!selected.toRead().isEmpty()) {
      before.begin().run();
    }
    if (!fresh) {
      marks = marks(selected, ahead, before.begin(), steps);
    }
    try (EarlierLabels earlier =
        fresh ? EarlierLabels.NONE : earlier(selected, ahead, before.alike(), steps)) {
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
              before.files(),
              earlier,
              new FileLabelling.Steering(
                  policy, e -> GuardException.in(e).or(progress::failure), progress::check));
      labelling.run(corpus, selected);
      labelling.gone(selected.input(), selected.gone());
      if (selected.isEmpty() && !selected.input().version().equals(known.version())) {
        labelling.seen(selected.input());
      }
      if (uncertain) {
        files.compared(corpus.path());
      }
      return new RunFiles(
          labelling.labelled(),
          selected.changed(),
          Stream.concat(selected.gone().stream(), labelling.vanished().stream()).toList(),
          labelling.quarantined(),
          selected.rewrites(),
          before.edits());
    }
  }

  private DeletedExchanges.Marks marks(
      FileSelection selected, ReadAhead ahead, Runnable begin, Steps steps) {
    boolean marking = policy.has(InputPolicy.Choice.MARK_DELETED);
    if (marking) {
      begin.run();
      steps.begin("Looking for labels of what is deleted");
    } else if (selected.toRead().isEmpty() && selected.rewrites().isEmpty()) {
      return DeletedExchanges.Marks.NONE;
    }
    return new DeletedExchanges(corpus, labels, files, ahead)
        .compare(selected, marking, marking && policy.has(InputPolicy.Choice.RESCAN));
  }

  private EarlierLabels earlier(
      FileSelection selected, ReadAhead ahead, Supplier<Dataset<Row>> alike, Steps steps) {
    if (selected.toRead().isEmpty() || !policy.has(InputPolicy.Choice.REUSE_LABELS)) {
      return EarlierLabels.NONE;
    }
    steps.begin("Looking for texts that are labelled already");
    return ahead.read(
        selected.toRead(),
        some ->
            some.isEmpty()
                ? EarlierLabels.NONE
                : EarlierLabels.of(corpus.exchanges(some), alike.get()));
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
