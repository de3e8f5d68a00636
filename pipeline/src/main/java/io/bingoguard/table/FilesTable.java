package io.bingoguard.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.Sha256;
import io.bingoguard.spark.rows.LabelRow;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were read into the labels table, one row a reading. What is labelled is decided by
 * the labels table alone: this one is made to agree with it before it is relied on, from what the
 * commits say of themselves or else from the labels.
 */
public final class FilesTable {
  private static final Logger LOG = LoggerFactory.getLogger(FilesTable.class);

  /** What became of a file. */
  public enum Status {
    /** Its exchanges are labelled. */
    LABELLED,
    /** Its rows were in files that were read before. */
    REORGANIZED,
    /** Passed over as the user asked. */
    SKIPPED,
    /** It could not be read; the next run tries again. */
    QUARANTINED,
    /** Known by its labels alone. */
    FOUND
  }

  private static final String WRITER = "bingoguard-files";

  /** Changes when all is forgotten: versions of the labels that come may have been there before. */
  private static final String GENERATION = "bingoguard.generation";

  /** That labels were found whose files are not known. */
  private static final String UNPLACED = "bingoguard.unplaced";

  /** Begins the names of properties of inputs that were compared with such labels. */
  private static final String COMPARED = "bingoguard.compared.";

  private static final StructType SCHEMA =
      new StructType()
          .add(
              "file",
              StringType,
              false,
              "Qualified path of the file, as input_file in the labels; of a Delta table's file of which rows are deleted, with # and its deletion vector")
          .add(
              "input",
              StringType,
              false,
              "Qualified path of the input that it was read for; empty where only its labels are known")
          .add(
              "layout",
              StringType,
              false,
              "Format, schema and columns by which it was read; empty where only its labels are known")
          .add(
              "bytes",
              LongType,
              true,
              "Its length when it was read; null where only its labels are known")
          .add(
              "modified_at",
              TimestampType,
              true,
              "When it was changed last before it was read; null where only its labels are known")
          .add(
              "input_version",
              LongType,
              true,
              "Version of the input in which it was read; null where the input is no Delta table")
          .add(
              "status",
              StringType,
              false,
              "labelled, reorganized (its rows were in files read before), skipped (as asked), quarantined (it could not be read; the next run tries again) or found (known by its labels alone)")
          .add(
              "batch_exchanges",
              LongType,
              true,
              "Rows that the commit of the file, and of those read with it, added to the labels; null when there was none")
          .add("labels_id", StringType, false, "Id of the labels table")
          .add(
              "labels_version",
              LongType,
              true,
              "Version of the labels table that the commit made; null when there was none")
          .add(
              "run_id",
              StringType,
              true,
              "The run that read it; null where only its labels are known")
          .add("recorded_at", TimestampType, false, "When this row was written")
          .add("error_message", StringType, true, "Why it could not be read; null when it could");

  private static final TableSpec SPEC =
      new TableSpec(
          "Files that were read for labelling, one row a reading",
          SCHEMA,
          Map.of(
              "error_message_when_quarantined",
              "(error_message IS NULL) = (status <> 'quarantined')"),
          List.of(),
          List.of("input", "file", "labels_version"),
          Map.of());

  private final SparkSession spark;
  private final PathTable table;
  private final PathTable labels;

  private FilesTable(SparkSession spark, PathTable table, PathTable labels) {
    this.spark = spark;
    this.table = table;
    this.labels = labels;
  }

  /** The table of an output, which need not exist yet; nothing is read or written. */
  public static FilesTable of(SparkSession spark, OutputDirectory output) {
    return new FilesTable(
        spark,
        new PathTable(spark, output.files(), SPEC),
        new PathTable(spark, output.labels(), TableSpec.UNKNOWN));
  }

  public String path() {
    return table.path();
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
    }
  }

  /** What is recorded, if the table is there. */
  private Optional<Row> intact() {
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

  private Optional<String> behind(Row known) {
    if (known.isNullAt(0)) {
      return Optional.empty();
    }
    if (!labels.exists()) {
      return Optional.of("there is no such table");
    }
    if (!known.getList(1).equals(List.of(labels.id()))) {
      return Optional.of("it is another table than the one that was written to");
    }
    long last = known.getLong(0);
    if (labels.version() < last) {
      return Optional.of(
          "it is at version %d, and version %d was written".formatted(labels.version(), last));
    }
    return labels.commits(last + 1).stream()
        .filter(Commit::replaces)
        .findFirst()
        .map(
            commit ->
                commit.operation().isEmpty()
                    ? "the file of its version %d tells nothing".formatted(commit.version())
                    : "its version %d was made by %s"
                        .formatted(commit.version(), commit.operation()));
  }

  /**
   * Greatest version of the labels that is recorded, null for none, and the ids of their tables.
   */
  private Row recorded() {
    return table
        .read()
        .agg(functions.max("labels_version"), functions.collect_set("labels_id"))
        .first();
  }

  /** Commits to the labels that the next run adds, or more where it has to look at the labels. */
  long unrecorded() {
    Row known = recorded();
    long next = known.isNullAt(0) ? 0 : known.getLong(0) + 1;
    return labels.commits(next).stream()
        .filter(commit -> LabelCommit.read(commit.userMetadata()).isPresent())
        .count();
  }

  /** Commits to the labels since the last that is recorded which took rows away or changed them. */
  public List<String> editsOfLabels() {
    Row known = recorded();
    return labels.commits(known.isNullAt(0) ? 0 : known.getLong(0) + 1).stream()
        .filter(Commit::edits)
        .map(commit -> commit.version() + " " + commit.operation())
        .toList();
  }

  /** Creates the table beside labels of which there are none yet. */
  public void createFirst() {
    table.create();
  }

  /** Creates the table if it is not there, and adds what the labels table knows and it does not. */
  public void create() {
    table.create();
    table.widen();
    Row known = recorded();
    long next = known.isNullAt(0) ? 0 : known.getLong(0) + 1;
    List<Commit> commits = labels.commits(next);
    boolean whole = commits.size() == labels.version() - next + 1;
    if (whole && commits.stream().noneMatch(commit -> commit.replaces() || addsUntold(commit))) {
      commits.forEach(this::add);
    } else {
      rebuild();
    }
  }

  /** Whether it added labels and does not say of which files. */
  private static boolean addsUntold(Commit commit) {
    return commit.adds() && LabelCommit.read(commit.userMetadata()).isEmpty();
  }

  private void add(Commit commit) {
    LabelCommit.read(commit.userMetadata())
        .ifPresent(
            read -> {
              LOG.info("Version {} of {} is added to the files", commit.version(), labels.path());
              labelled(
                  read,
                  LabelCommit.runId(commit.userMetadata()),
                  new LabelsTable.Committed(commit.version(), commit.rows().orElse(0)));
            });
  }

  /**
   * Forgets all that is recorded, and takes the files that have labels, in unknown states: the next
   * run compares them with their labels. Without labels the table is left empty.
   */
  public void rebuild() {
    table.create();
    if (!labels.exists()) {
      beginAnew(false);
      table.overwrite(spark.createDataFrame(List.<Row>of(), SCHEMA));
      return;
    }
    LabelsTable.Committed seen = new LabelsTable.Committed(labels.version(), 0);
    List<Row> placed = labels.read().select(LabelRow.INPUT_FILE).distinct().collectAsList();
    List<FileState> files =
        placed.stream()
            .map(label -> label.isNullAt(0) ? "" : label.getString(0))
            .map(path -> new FileState(path, OptionalLong.empty(), OptionalLong.empty()))
            .toList();
    InputFiles unknown = new InputFiles("", KnownFiles.ANY_LAYOUT, OptionalLong.empty(), files);
    beginAnew(placed.stream().anyMatch(label -> label.isNullAt(0)));
    table.overwrite(rows(new Reading(unknown, Status.FOUND).by(seen)));
  }

  /**
   * Before anything is forgotten: who dies in between has too much compared, and not too little.
   */
  private void beginAnew(boolean unplaced) {
    table.setProperties(
        Map.of(GENERATION, UUID.randomUUID().toString(), UNPLACED, Boolean.toString(unplaced)));
  }

  /** Records files whose exchanges a commit added; a commit that is recorded is passed over. */
  public void labelled(InputFiles read, String runId, LabelsTable.Committed commit) {
    Reading reading = new Reading(read, Status.LABELLED).in(runId).by(commit);
    table.append(
        rows(reading),
        WRITER + table.property(GENERATION),
        commit.version(),
        LabelCommit.ofRun(runId));
  }

  /** Lets files be compared with their labels by the next run that sees them. */
  public void unsettle(InputFiles read, String runId) {
    table.append(rows(new Reading(read, Status.FOUND).in(runId)), LabelCommit.ofRun(runId));
  }

  /** Records files of which nothing was labelled. */
  public void passedOver(InputFiles read, Status status, String runId) {
    table.append(rows(new Reading(read, status).in(runId)), LabelCommit.ofRun(runId));
  }

  /** Records files that could not be read, and why. */
  public void quarantined(InputFiles read, String reason, String runId) {
    Reading reading = new Reading(read, Status.QUARANTINED).in(runId).failed(reason);
    table.append(rows(reading), LabelCommit.ofRun(runId));
  }

  /** What is known of the files of an input, in whatever way they were read. */
  public KnownFiles known(String input) {
    KnownFiles known = new KnownFiles();
    table
        .read()
        .where(
            col("input")
                .equalTo(input)
                .or(col("file").equalTo(input))
                .or(col("file").startsWith(input + "/")))
        .orderBy("recorded_at")
        .select("file", "layout", "input", "bytes", "modified_at", "input_version", "status")
        .collectAsList()
        .forEach(row -> add(known, input, row));
    return known;
  }

  private static void add(KnownFiles known, String input, Row row) {
    String layout = row.getString(1);
    if (row.getString(2).equals(input)) {
      known.addInput(layout, number(row, 5));
    }
    if (!row.getString(6).equals(key(Status.QUARANTINED))) {
      OptionalLong modified =
          row.isNullAt(4) ? OptionalLong.empty() : OptionalLong.of(row.getTimestamp(4).getTime());
      known.add(layout, new FileState(row.getString(0), number(row, 3), modified));
    }
  }

  private static OptionalLong number(Row row, int column) {
    return row.isNullAt(column) ? OptionalLong.empty() : OptionalLong.of(row.getLong(column));
  }

  /** Runs that read other inputs, as far as is known. */
  public List<String> runsOfOthers(String input) {
    return table
        .read()
        .where(col("run_id").isNotNull().and(col("input").notEqual(input)))
        .select("run_id")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /**
   * Whether the labels may hold rows of files that are not recorded and cannot be known, so that
   * what an input holds has to be compared with them.
   */
  public boolean uncertain(String input) {
    return Boolean.parseBoolean(table.property(UNPLACED))
        && table.property(comparedWith(input)).isEmpty();
  }

  /** Remembers that all of an input was compared with the labels. */
  public void compared(String input) {
    table.setProperty(comparedWith(input), "true");
  }

  private String comparedWith(String input) {
    return COMPARED + Sha256.of(List.of(table.property(GENERATION), input));
  }

  private Dataset<Row> rows(Reading reading) {
    String labelsId = labels.id();
    Timestamp now = Timestamp.from(Instant.now());
    List<Row> rows =
        reading.read().files().stream().map(file -> row(file, reading, labelsId, now)).toList();
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }

  private static Row row(FileState file, Reading reading, String labelsId, Timestamp now) {
    return RowFactory.create(
        file.path(),
        reading.read().input(),
        reading.read().layout(),
        boxed(file.bytes()),
        file.modified().isPresent() ? new Timestamp(file.modified().getAsLong()) : null,
        boxed(reading.read().version()),
        key(reading.status()),
        reading.commit().map(LabelsTable.Committed::rows).orElse(null),
        labelsId,
        reading.commit().map(LabelsTable.Committed::version).orElse(null),
        reading.runId().orElse(null),
        now,
        reading.error().orElse(null));
  }

  private static Long boxed(OptionalLong number) {
    return number.isPresent() ? (Long) number.getAsLong() : null;
  }

  private static String key(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private record Reading(
      InputFiles read,
      Status status,
      Optional<LabelsTable.Committed> commit,
      Optional<String> runId,
      Optional<String> error) {
    private Reading(InputFiles read, Status status) {
      this(read, status, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Reading by(LabelsTable.Committed made) {
      return new Reading(read, status, Optional.of(made), runId, error);
    }

    private Reading in(String run) {
      return new Reading(read, status, commit, Optional.of(run), error);
    }

    private Reading failed(String reason) {
      return new Reading(read, status, commit, runId, Optional.of(reason));
    }
  }
}
