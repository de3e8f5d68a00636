package io.bingoguard.table;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.bingoguard.bundle.ModelIdentity;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A reading of input files, as rows of the table of files.
 *
 * @param read the files
 * @param status what became of them
 * @param model by which they are labelled
 * @param commit to the labels that they were added by; empty when there was none
 * @param runId the run that read them; empty where only their labels are known
 * @param error why they could not be read; empty when they could
 */
record FileReading(
    InputFiles read,
    FilesTable.Status status,
    ModelIdentity model,
    Optional<LabelsTable.Committed> commit,
    Optional<String> runId,
    Optional<String> error) {
  static final String MODEL_REVISION = "model_revision";
  static final String PROMPT_PACK = "prompt_pack";

  static final StructType SCHEMA =
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
              "labelled, reorganized (its rows were in files read before), skipped (as asked), quarantined (it could not be read; the next run tries again) found (known by its labels alone), seen (the path of a Delta table, whose version brought no files) or gone (labelled, and no longer there)")
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
          .add("error_message", StringType, true, "Why it could not be read; null when it could")
          .add(
              MODEL_REVISION,
              StringType,
              true,
              "SHA-256 over the files of the model by which it is labelled; null in rows of older builds, unless they have labels")
          .add(
              PROMPT_PACK,
              StringType,
              true,
              "Name, version and SHA-256 of the prompt pack by which it is labelled; null in rows of older builds, unless they have labels");

  static final TableSpec SPEC =
      new TableSpec(
          "Files that were read for labelling, one row a reading",
          SCHEMA,
          Map.of(
              "error_message_when_quarantined",
              "(error_message IS NULL) = (status <> 'quarantined')"),
          List.of(),
          List.of("input", "file", "labels_version"),
          Map.of());

  FileReading {
    Objects.requireNonNull(read, "read");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(error, "error");
  }

  FileReading(InputFiles read, FilesTable.Status status, ModelIdentity model) {
    this(read, status, model, Optional.empty(), Optional.empty(), Optional.empty());
  }

  FileReading by(LabelsTable.Committed made) {
    return new FileReading(read, status, model, Optional.of(made), runId, error);
  }

  FileReading in(String run) {
    return new FileReading(read, status, model, commit, Optional.of(run), error);
  }

  FileReading failed(String reason) {
    return new FileReading(read, status, model, commit, runId, Optional.of(reason));
  }

  /** Whether rows of the table have columns for the model, which those of older builds lack. */
  static boolean namesModels(Dataset<Row> readings) {
    return List.of(readings.columns()).contains(MODEL_REVISION);
  }

  /** One row a file. */
  List<Row> rows(String labelsId) {
    Timestamp now = Timestamp.from(Instant.now());
    return read.files().stream().map(file -> row(file, labelsId, now)).toList();
  }

  private Row row(FileState file, String labelsId, Timestamp now) {
    return RowFactory.create(
        file.path(),
        read.input(),
        read.layout(),
        boxed(file.bytes()),
        file.modified().isPresent() ? new Timestamp(file.modified().getAsLong()) : null,
        boxed(read.version()),
        key(status),
        commit.map(LabelsTable.Committed::rows).orElse(null),
        labelsId,
        commit.map(LabelsTable.Committed::version).orElse(null),
        runId.orElse(null),
        now,
        error.orElse(null),
        model.revision(),
        model.promptPack());
  }

  private static Long boxed(OptionalLong number) {
    return number.isPresent() ? (Long) number.getAsLong() : null;
  }

  static String key(FilesTable.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
