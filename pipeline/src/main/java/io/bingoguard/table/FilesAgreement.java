package io.bingoguard.table;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the table of files agree with the labels, which alone decide what is labelled: from what
 * the commits to the labels say of themselves, or else from the labels.
 */
public final class FilesAgreement {
  private static final Logger LOG = LoggerFactory.getLogger(FilesAgreement.class);

  private final SparkSession spark;
  private final PathTable table;
  private final PathTable labels;
  private Optional<Recorded> recorded = Optional.empty();
  private List<String> edits = List.of();

  /**
   * What the table of files tells of the labels.
   *
   * @param next the first of their versions that it does not know
   * @param tables ids of the tables of labels
   * @param unattributed whether it has rows of older builds, which name no model
   */
  private record Recorded(long next, List<String> tables, boolean unattributed) {}

  private FilesAgreement(SparkSession spark, PathTable table, PathTable labels) {
    this.spark = spark;
    this.table = table;
    this.labels = labels;
  }

  /** Of the tables of an output, which need not exist yet; nothing is read or written. */
  public static FilesAgreement of(SparkSession spark, OutputDirectory output) {
    return new FilesAgreement(
        spark,
        new PathTable(spark, output.files(), FileReading.SPEC),
        new PathTable(spark, output.labels(), TableSpec.UNKNOWN));
  }

  public boolean exists() {
    return table.exists();
  }

  public Dataset<Row> read() {
    return table.read();
  }

  /** The labels, or no rows where there is no such table. */
  public Dataset<Row> labels() {
    return labels.exists()
        ? labels.read()
        : spark.createDataFrame(List.<Row>of(), LabelRow.schema(false));
  }

  /**
   * Refuses what no file could be recorded in, and labels that are not those that were written:
   * lost as a whole, restored, of an older copy or of another output. Changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE, OUTPUT_UNREADABLE or
   *     OUTPUT_BEHIND
   */
  public void refuseUnfit() {
    intact()
        .flatMap(this::behind)
        .ifPresent(
            seen -> {
              throw TableErrors.labelsBehind(table.path(), labels.path(), seen);
            });
  }

  /**
   * In which way the labels are not those that were written; empty when they are.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNREADABLE when this table is broken
   */
  public Optional<String> behind() {
    return intact().flatMap(this::behind);
  }

  /** Deletes the table where it is broken: what it tells, the labels tell too. */
  public void deleteBroken() {
    try {
      intact();
    } catch (GuardException e) {
      if (e.code() != ErrorCode.OUTPUT_UNREADABLE) {
        throw e;
      }
      LOG.warn("{} It is deleted", e.getMessage());
      table.delete();
      recorded = Optional.empty();
    }
  }

  /** What is recorded, if the table is there. */
  private Optional<Recorded> intact() {
    try {
      table.refuseUnfit();
      return table.exists() ? Optional.of(recorded()) : Optional.empty();
    } catch (GuardException e) {
      throw e.code() == ErrorCode.OUTPUT_UNREADABLE ? TableErrors.filesBroken(table.path(), e) : e;
    } catch (Exception e) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw TableErrors.filesBroken(table.path(), e);
    }
  }

  private Optional<String> behind(Recorded known) {
    if (known.next() == 0) {
      return Optional.empty();
    }
    if (!labels.exists()) {
      return Optional.of("there is no such table");
    }
    if (!known.tables().equals(List.of(labels.id()))) {
      return Optional.of("it is another table than the one that was written to");
    }
    if (labels.version() < known.next() - 1) {
      return Optional.of(
          "it is at version %d, and version %d was written"
              .formatted(labels.version(), known.next() - 1));
    }
    return labels.commits(known.next()).stream()
        .filter(Commit::replaces)
        .findFirst()
        .map(
            commit ->
                commit.operation().isEmpty()
                    ? "the file of its version %d tells nothing".formatted(commit.version())
                    : "its version %d was made by %s"
                        .formatted(commit.version(), commit.operation()));
  }

  /** Asked once: who writes to an output holds it. */
  private Recorded recorded() {
    if (recorded.isEmpty()) {
      Dataset<Row> readings = table.read();
      Column unattributed =
          FileReading.namesModels(readings)
              ? col(FileReading.MODEL_REVISION).isNull()
              : functions.lit(true);
      Row all =
          readings
              .agg(
                  functions.max("labels_version"),
                  functions.collect_set("labels_id"),
                  functions.coalesce(functions.bool_or(unattributed), functions.lit(false)))
              .first();
      recorded =
          Optional.of(
              new Recorded(
                  all.isNullAt(0) ? 0 : all.getLong(0) + 1, all.getList(1), all.getBoolean(2)));
    }
    return recorded.get();
  }

  /** Commits to the labels that the next run adds, or more where it has to look at the labels. */
  long unrecorded() {
    return labels.commits(recorded().next()).stream()
        .filter(commit -> LabelCommit.read(commit.userMetadata()).isPresent())
        .count();
  }

  /**
   * Commits to the labels that took rows away or changed them, among those that were not recorded
   * when the tables were made to agree.
   */
  public List<String> editsOfLabels() {
    return edits;
  }

  /**
   * Creates the table if it is not there, and adds what the labels table knows and it does not.
   *
   * @return whether anything was added or forgotten
   */
  public boolean create() {
    table.create();
    table.widen();
    Recorded known = recorded();
    recorded = Optional.empty();
    if (known.unattributed()) {
      attribute();
    }
    List<Commit> commits = labels.commits(known.next());
    edits =
        commits.stream()
            .filter(Commit::edits)
            .map(commit -> commit.version() + " " + commit.operation())
            .toList();
    boolean whole = commits.size() == labels.version() - known.next() + 1;
    if (whole && commits.stream().noneMatch(commit -> commit.replaces() || addsUntold(commit))) {
      return commits.stream().filter(this::add).count() > 0 || known.unattributed();
    }
    rebuild();
    return true;
  }

  /** Older builds wrote labels of one model only. */
  private void attribute() {
    oneModel()
        .ifPresent(
            model ->
                table.update(
                    col(FileReading.MODEL_REVISION).isNull(),
                    Map.of(
                        FileReading.MODEL_REVISION, functions.lit(model.revision()),
                        FileReading.PROMPT_PACK, functions.lit(model.promptPack()))));
  }

  /** Whether it may have added labels and does not say of which files. */
  private static boolean addsUntold(Commit commit) {
    return commit.adds() && LabelCommit.read(commit.userMetadata()).isEmpty();
  }

  private boolean add(Commit commit) {
    Optional<InputFiles> read = LabelCommit.read(commit.userMetadata());
    read.ifPresent(
        files -> {
          LOG.info("Version {} of {} is added to the files", commit.version(), labels.path());
          FilesTable.record(
              spark,
              table,
              labels.id(),
              new FileReading(
                      files, FilesTable.Status.LABELLED, LabelCommit.model(commit.userMetadata()))
                  .in(LabelCommit.runId(commit.userMetadata()))
                  .by(new LabelsTable.Committed(commit.version(), commit.rows().orElse(0))));
        });
    return read.isPresent();
  }

  /**
   * Forgets all that is recorded, and takes the files that have labels, in unknown states: the next
   * run compares them with their labels. Without labels the table is left empty.
   */
  public void rebuild() {
    table.create();
    table.widen();
    recorded = Optional.empty();
    List<Row> rows = new ArrayList<>();
    boolean unplaced = false;
    if (labels.exists()) {
      LabelsTable.Committed seen = new LabelsTable.Committed(labels.version(), 0);
      for (Map.Entry<ModelIdentity, List<String>> labelled : labelledFiles().entrySet()) {
        unplaced |= labelled.getValue().contains("");
        rows.addAll(
            new FileReading(
                    unknown(labelled.getValue()), FilesTable.Status.FOUND, labelled.getKey())
                .by(seen)
                .rows(labels.id()));
      }
    }
    beginAnew(unplaced);
    table.overwrite(spark.createDataFrame(rows, FileReading.SCHEMA).coalesce(1));
  }

  /** Paths of files that have labels, by model; an empty one for labels that name no file. */
  private Map<ModelIdentity, List<String>> labelledFiles() {
    Map<ModelIdentity, List<String>> files = new LinkedHashMap<>();
    labels
        .read()
        .select(
            LabelRow.MODEL_ID, LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK, LabelRow.INPUT_FILE)
        .distinct()
        .collectAsList()
        .forEach(
            row ->
                files
                    .computeIfAbsent(identity(row), any -> new ArrayList<>())
                    .add(row.isNullAt(3) ? "" : row.getString(3)));
    return files;
  }

  private Optional<ModelIdentity> oneModel() {
    return labels
        .read()
        .select(LabelRow.MODEL_ID, LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)
        .limit(1)
        .collectAsList()
        .stream()
        .map(FilesAgreement::identity)
        .findFirst();
  }

  private static ModelIdentity identity(Row row) {
    return new ModelIdentity(row.getString(0), row.getString(1), row.getString(2));
  }

  private static InputFiles unknown(List<String> paths) {
    List<FileState> files = paths.stream().map(FileState::unknown).toList();
    return new InputFiles("", KnownFiles.ANY_LAYOUT, OptionalLong.empty(), files);
  }

  /**
   * Before anything is forgotten: who dies in between has too much compared, and not too little.
   */
  private void beginAnew(boolean unplaced) {
    table.setProperties(
        Map.of(
            FilesTable.GENERATION,
            UUID.randomUUID().toString(),
            FilesTable.UNPLACED,
            Boolean.toString(unplaced)));
  }
}
