package io.bingoguard.table;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.guard.Sha256;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The files that a model and prompt pack have labelled, one row a reading. What is labelled is
 * decided by the labels table alone: {@link FilesAgreement} makes this one agree with it before it
 * is relied on.
 */
public final class FilesTable {
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
    FOUND,
    /** The path of a Delta table, a version of which brought no files. */
    SEEN,
    /** It was labelled, and is no longer there. */
    GONE
  }

  private static final String WRITER = "bingoguard-files";

  /** Changes when all is forgotten: versions of the labels that come may have been there before. */
  static final String GENERATION = "bingoguard.generation";

  /** That labels were found whose files are not known. */
  static final String UNPLACED = "bingoguard.unplaced";

  /** Begins the names of properties of inputs that were compared with such labels. */
  private static final String COMPARED = "bingoguard.compared.";

  private final SparkSession spark;
  private final PathTable table;
  private final PathTable labels;
  private final PathTable runs;
  private final RunStamp stamp;

  private FilesTable(SparkSession spark, OutputDirectory output, RunStamp stamp) {
    this.spark = spark;
    this.table = new PathTable(spark, output.files(), FileReading.SPEC);
    this.labels = new PathTable(spark, output.labels(), TableSpec.UNKNOWN);
    this.runs = new PathTable(spark, output.runs(), TableSpec.UNKNOWN);
    this.stamp = stamp;
  }

  /**
   * The table of an output, which need not exist yet; nothing is read or written.
   *
   * @param stamp of the run that is going to record
   */
  public static FilesTable of(SparkSession spark, OutputDirectory output, RunStamp stamp) {
    return new FilesTable(spark, output, stamp);
  }

  public boolean exists() {
    return table.exists();
  }

  /** Creates or widens the table beside labels of which there are none yet. */
  public void create() {
    table.create();
    table.widen();
  }

  /** Records files whose exchanges a commit added. */
  public void labelled(InputFiles read, LabelsTable.Committed commit) {
    record(spark, table, labels.id(), reading(read, Status.LABELLED).by(commit));
  }

  /** Lets files be compared with their labels by the next run that sees them. */
  public void unsettle(InputFiles read) {
    record(spark, table, labels.id(), reading(read, Status.FOUND));
  }

  /** Records files of which nothing was labelled. */
  public void passedOver(InputFiles read, Status status) {
    record(spark, table, labels.id(), reading(read, status));
  }

  /** Records files that could not be read, and why. */
  public void quarantined(InputFiles read, String reason) {
    record(spark, table, labels.id(), reading(read, Status.QUARANTINED).failed(reason));
  }

  private FileReading reading(InputFiles read, Status status) {
    return new FileReading(read, status, stamp.model()).in(stamp.runId());
  }

  /** Appends a reading; one whose commit is recorded is passed over. */
  static void record(SparkSession spark, PathTable table, String labelsId, FileReading reading) {
    Dataset<Row> rows =
        spark.createDataFrame(reading.rows(labelsId), FileReading.SCHEMA).coalesce(1);
    String ofRun = LabelCommit.ofRun(reading.runId().orElse(""));
    reading
        .commit()
        .ifPresentOrElse(
            commit ->
                table.append(rows, WRITER + table.property(GENERATION), commit.version(), ofRun),
            () -> table.append(rows, ofRun));
  }

  /** What is known of the files of an input, in whatever way the model's runs have read them. */
  public KnownFiles known(String input) {
    Dataset<Row> readings = table.read();
    return known(
        input, readings.where(FileReading.namesModels(readings) ? ofModel() : functions.lit(true)));
  }

  /** The same, whichever model's runs have read them. */
  public KnownFiles knownToAll(String input) {
    return known(input, table.read());
  }

  private static KnownFiles known(String input, Dataset<Row> readings) {
    KnownFiles known = new KnownFiles();
    readings
        .where(
            col("input")
                .equalTo(input)
                .or(col("file").equalTo(input))
                .or(col("file").startsWith(input + "/")))
        .select(
            "file",
            "layout",
            "input",
            "bytes",
            "modified_at",
            "input_version",
            "status",
            "recorded_at")
        .collectAsList()
        .stream()
        // Here, where it takes no further jobs: all rows come to the driver anyway.
        .sorted(Comparator.comparing(row -> row.getTimestamp(7)))
        .forEach(row -> add(known, input, row));
    return known;
  }

  /** Rows of older builds that no label tells the model of count for all. */
  private Column ofModel() {
    ModelIdentity model = stamp.model();
    return col(FileReading.MODEL_REVISION)
        .isNull()
        .or(
            col(FileReading.MODEL_REVISION)
                .equalTo(model.revision())
                .and(col(FileReading.PROMPT_PACK).equalTo(model.promptPack())));
  }

  private static void add(KnownFiles known, String input, Row row) {
    String layout = row.getString(1);
    if (row.getString(2).equals(input)) {
      known.addInput(layout, number(row, 5));
    }
    if (row.getString(6).equals(FileReading.key(Status.GONE))) {
      known.addGone(layout, row.getString(0));
    } else if (!row.getString(6).equals(FileReading.key(Status.QUARANTINED))) {
      OptionalLong modified =
          row.isNullAt(4) ? OptionalLong.empty() : OptionalLong.of(row.getTimestamp(4).getTime());
      known.add(layout, new FileState(row.getString(0), number(row, 3), modified));
    }
  }

  private static OptionalLong number(Row row, int column) {
    return row.isNullAt(column) ? OptionalLong.empty() : OptionalLong.of(row.getLong(column));
  }

  /**
   * Of labels, those that may be of an input that is a Delta table: its rows have no lasting place,
   * so they are told by what is known of the runs that read others.
   */
  public Column labelsOfTable(String input) {
    Column ofOthers = col("run_id").isNotNull().and(col("input").notEqual(input));
    Dataset<Row> others = table.read().where(ofOthers).select("run_id");
    if (runs.exists()) {
      // They outlive what is known of files.
      others = others.union(runs.read().where(ofOthers).select("run_id"));
    }
    Object[] runsOfOthers =
        others.distinct().collectAsList().stream().map(row -> row.getString(0)).toArray();
    return col(LabelRow.INPUT_FILE)
        .isNull()
        .and(functions.not(col(LabelRow.RUN_ID).isin(runsOfOthers)));
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
    return COMPARED
        + Sha256.of(
            List.of(
                table.property(GENERATION),
                input,
                stamp.model().revision(),
                stamp.model().promptPack()));
  }
}
