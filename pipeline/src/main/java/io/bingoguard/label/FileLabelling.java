package io.bingoguard.label;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.guard.GuardException;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.DataFile;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.FileState;
import io.bingoguard.table.FilesTable;
import io.bingoguard.table.InputFiles;
import io.bingoguard.table.LabelsTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels files, micro-batch by micro-batch: a commit to the labels, whose user metadata name the
 * files, and then one that records them. A run that dies in between is caught up on by the next.
 */
final class FileLabelling {
  private static final Logger LOG = LoggerFactory.getLogger(FileLabelling.class);

  private final LabelWriter writer;
  private final LabelsTable labels;
  private final Supplier<FilesTable> files;
  private final EarlierLabels earlier;
  private final Steering steering;
  private final List<String> quarantined = new ArrayList<>();
  private final List<String> vanished = new ArrayList<>();
  private long labelled;

  /**
   * How labelling goes on.
   *
   * @param policy how large a micro-batch is, and what is done about files that cannot be read
   * @param failure what went wrong in a task, by what is thrown
   * @param committed called after every micro-batch; what it throws ends the run
   */
  record Steering(
      InputPolicy policy,
      Function<Exception, Optional<GuardException>> failure,
      Runnable committed) {}

  /**
   * Labelling of files.
   *
   * @param files asked when the first commit is made, by when the table has to be there
   * @param earlier labels that are kept for equal texts
   */
  FileLabelling(
      LabelWriter writer,
      LabelsTable labels,
      Supplier<FilesTable> files,
      EarlierLabels earlier,
      Steering steering) {
    this.writer = writer;
    this.labels = labels;
    this.files = files;
    this.earlier = earlier;
    this.steering = steering;
  }

  /** Labels what a selection names. */
  void run(Corpus corpus, FileSelection selected) {
    InputFiles input = selected.input();
    passOver(input, selected.reorganized(), FilesTable.Status.REORGANIZED);
    passOver(input, selected.ignored(), FilesTable.Status.SKIPPED);
    for (List<DataFile> batch : batches(selected.fresh(), steering.policy().filesPerBatch())) {
      label(batch, input, corpus, corpus::exchanges);
    }
    int most = corpus.divisible() ? steering.policy().filesPerBatch() : Integer.MAX_VALUE;
    for (List<DataFile> batch : batches(selected.compared(), most)) {
      label(
          batch,
          input,
          corpus,
          some -> Unlabelled.of(corpus.exchanges(some), labelsOf(input, some, corpus)));
    }
  }

  /**
   * Records that a version of a Delta table was looked at, where it brought nothing else to record.
   */
  void seen(InputFiles input) {
    files.get().passedOver(input.of(unknown(List.of(input.input()))), FilesTable.Status.SEEN);
  }

  /** Records that files are gone, so that this is told once. */
  void gone(InputFiles input, List<String> paths) {
    if (!paths.isEmpty()) {
      files.get().passedOver(input.of(unknown(paths)), FilesTable.Status.GONE);
    }
  }

  private static List<FileState> unknown(List<String> paths) {
    return paths.stream().map(FileState::unknown).toList();
  }

  private void passOver(InputFiles input, List<DataFile> some, FilesTable.Status status) {
    if (!some.isEmpty()) {
      files.get().passedOver(input.of(states(some)), status);
    }
  }

  /** Number of files that were labelled. */
  long labelled() {
    return labelled;
  }

  /** Paths of the files that could not be read. */
  List<String> quarantined() {
    return List.copyOf(quarantined);
  }

  /** Paths of the files that were deleted before they could be read. */
  List<String> vanished() {
    return List.copyOf(vanished);
  }

  /** Oldest first. */
  private static List<List<DataFile>> batches(List<DataFile> all, int most) {
    List<DataFile> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingLong(DataFile::modified).thenComparing(DataFile::path));
    List<List<DataFile>> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += Math.min(most, sorted.size() - from)) {
      batches.add(sorted.subList(from, from + Math.min(most, sorted.size() - from)));
    }
    return batches;
  }

  private void label(
      List<DataFile> batch,
      InputFiles input,
      Corpus corpus,
      Function<List<DataFile>, Dataset<Row>> exchanges) {
    List<DataFile> left = new ArrayList<>(batch);
    while (!left.isEmpty()) {
      try {
        InputFiles read = input.of(states(left));
        LabelsTable.Committed committed =
            writer.write(spread(earlier.addTo(exchanges.apply(left))), read);
        files.get().labelled(read, committed);
        labelled += left.size();
        steering.committed().run();
        return;
      } catch (Exception e) {
        // Spark's analysis errors are checked exceptions that its methods do not declare.
        if (!removeVanished(left, input, corpus)) {
          left.remove(toBlame(left, input, e).orElseThrow(() -> unchecked(e)));
        }
      }
    }
  }

  /**
   * Takes out files that are gone; what a version of a Delta table names has to be there, and a
   * link that leads nowhere is listed.
   */
  private boolean removeVanished(List<DataFile> batch, InputFiles input, Corpus corpus) {
    List<String> gone =
        input.version().isPresent()
            ? List.of()
            : batch.stream().map(DataFile::path).filter(path -> !corpus.exists(path)).toList();
    if (gone.isEmpty()) {
      return false;
    }
    Set<String> listed = corpus.files().stream().map(DataFile::path).collect(Collectors.toSet());
    gone.stream().filter(path -> !listed.contains(path)).forEach(vanished::add);
    return batch.removeIf(file -> vanished.contains(file.path()));
  }

  /** The file that kept a batch from being labelled, put aside. */
  private Optional<DataFile> toBlame(List<DataFile> batch, InputFiles input, Exception e) {
    Optional<GuardException> failure =
        steering.policy().has(InputPolicy.Choice.QUARANTINE)
            ? steering.failure().apply(e)
            : Optional.empty();
    Optional<DataFile> file =
        failure
            .flatMap(GuardException::file)
            .flatMap(path -> batch.stream().filter(one -> one.path().equals(path)).findFirst());
    file.ifPresent(one -> quarantine(one, input, failure.get().getMessage()));
    return file;
  }

  private void quarantine(DataFile file, InputFiles input, String reason) {
    LOG.warn("{}", reason);
    files.get().quarantined(input.of(states(List.of(file))), reason);
    quarantined.add(file.path());
  }

  private static RuntimeException unchecked(Exception e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  /**
   * Labels of this model that may be of the files: by their paths, or else those that have none.
   */
  private Dataset<Row> labelsOf(InputFiles input, List<DataFile> some, Corpus corpus) {
    Dataset<Row> all = labels.ofThisModel();
    if (input.version().isPresent()) {
      return all.where(files.get().labelsOfTable(input.input()));
    }
    return corpus.divisible()
        ? all.where(col(LabelRow.INPUT_FILE).isin(some.stream().map(DataFile::path).toArray()))
        : all;
  }

  private static List<FileState> states(List<DataFile> files) {
    return files.stream()
        .map(file -> new FileState(file.path(), file.length(), file.modified()))
        .toList();
  }

  /** One compressed file is one partition, which would keep all cores but one idle. */
  private static Dataset<Row> spread(Dataset<Row> exchanges) {
    int parallelism = exchanges.sparkSession().sparkContext().defaultParallelism();
    return exchanges.rdd().getNumPartitions() < parallelism
        ? exchanges.repartition(parallelism)
        : exchanges;
  }
}
