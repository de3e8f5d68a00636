package io.bingoguard.pipeline;

import io.bingoguard.guard.GuardException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every user-facing error of this module. Each message names the subject, what was seen, what was
 * expected, and the remedy.
 */
public final class PipelineErrors {
  private static final int LISTED = 40;
  private static final String FORMATS =
      "Parquet (.parquet), Delta (a folder with _delta_log), JSON Lines (.jsonl, .json, .ndjson) or CSV (.csv), the last two plain or .gz";

  private PipelineErrors() {}

  // ---- corpora ----

  public static GuardException sourceNotFound(String path) {
    return new GuardException(
        "SOURCE_NOT_FOUND",
        "Input %s does not exist. Expected a file or a folder of %s. Check the path."
            .formatted(path, FORMATS));
  }

  public static GuardException sourceUnreadable(String path, Throwable cause) {
    return new GuardException(
        "SOURCE_UNREADABLE",
        "Input %s cannot be read: %s. Check the path, its scheme and the permissions, and that its files are whole."
            .formatted(path, firstLine(root(cause))),
        cause);
  }

  public static GuardException sourceHidden(String path) {
    return new GuardException(
        "SOURCE_HIDDEN",
        "Input %s has a name that Spark leaves out (it starts with '_' or '.'). Rename the file."
            .formatted(path));
  }

  public static GuardException sourceFormatUnknown(String path, List<String> names) {
    return new GuardException(
        "SOURCE_FORMAT_UNKNOWN",
        "Input %s: no file has a name that tells a supported format; seen: %s. Expected %s. Rename the files or pass --format parquet|delta|json|csv."
            .formatted(path, listed(names), FORMATS));
  }

  public static GuardException sourceFormatMixed(String path, List<String> formats) {
    return new GuardException(
        "SOURCE_FORMAT_MIXED",
        "Input %s holds files of several formats: %s. Expected one. Pass --format to read only one of them, or a folder for each."
            .formatted(path, listed(formats)));
  }

  public static GuardException sourceFormatNotNamed(String name, List<String> names) {
    return new GuardException(
        "SOURCE_FORMAT_NOT_NAMED",
        "There is no format '%s'. Expected one of %s.".formatted(name, listed(names)));
  }

  public static GuardException sourceNotDelta(String path) {
    return new GuardException(
        "SOURCE_NOT_DELTA",
        "Input %s is no Delta table: it has no _delta_log folder. Pass the table's own folder, or leave --format out."
            .formatted(path));
  }

  public static GuardException sourceHoldsDelta(String path, String table) {
    return new GuardException(
        "SOURCE_HOLDS_DELTA",
        "Input %s has a Delta table below it: %s. Its files cannot be read apart from the table. Pass the table's own folder."
            .formatted(path, table));
  }

  public static GuardException sourceJsonArray(String path) {
    return new GuardException(
        "SOURCE_JSON_ARRAY",
        "Input file %s holds one JSON array. Expected JSON Lines, one object a line. Convert it: jq -c '.[]' FILE > FILE.jsonl"
            .formatted(path));
  }

  public static GuardException sourceNotJsonLines(String path, int lines) {
    return new GuardException(
        "SOURCE_NOT_JSON_LINES",
        "Input %s: none of the first %d lines is a JSON object. Expected JSON Lines, one object a line. Convert indented JSON: jq -c . FILE > FILE.jsonl"
            .formatted(path, lines));
  }

  public static GuardException sourceEmpty(String path) {
    return new GuardException(
        "SOURCE_EMPTY",
        "Input %s holds no record, so its schema cannot be found. Pass --column, for example --column messages=messages, if records will come later."
            .formatted(path));
  }

  public static GuardException schemaUnknown(String path, List<String> columns) {
    return new GuardException(
        "SOURCE_SCHEMA_UNKNOWN",
        "Input %s fits no known corpus schema; its columns are: %s. Expected a list of messages (role and content, or from and value), a prompt with or without a response, a transcript with Human: and Assistant: turns, or message rows (message_id, parent_id, text, role, message_tree_id). Name the columns, for example --column prompt=NAME --column response=NAME, or --column messages=NAME, or --column transcript=NAME."
            .formatted(path, listed(columns)));
  }

  public static GuardException schemaMisfit(
      String path, String schema, String expected, List<String> columns) {
    return new GuardException(
        "SOURCE_SCHEMA_MISFIT",
        "Input %s does not fit schema %s, which needs %s; its columns are: %s. Name the columns with --column ROLE=NAME, or leave --schema out."
            .formatted(path, schema, expected, listed(columns)));
  }

  public static GuardException schemaAmbiguous(String path, List<String> remedies) {
    return new GuardException(
        "SOURCE_SCHEMA_AMBIGUOUS",
        "Input %s can be read in more than one way. Say which: %s."
            .formatted(path, String.join(" or ", remedies)));
  }

  public static GuardException schemaNotNamed(String name, List<String> names) {
    return new GuardException(
        "SOURCE_SCHEMA_NOT_NAMED",
        "There is no corpus schema '%s'. Expected one of %s.".formatted(name, listed(names)));
  }

  public static GuardException columnRoleNotNamed(String name, List<String> names) {
    return new GuardException(
        "SOURCE_COLUMN_ROLE_NOT_NAMED",
        "There is no column role '%s'. Expected --column ROLE=NAME with ROLE one of %s."
            .formatted(name, listed(names)));
  }

  public static GuardException columnMissing(
      String path, String role, String column, List<String> columns) {
    return new GuardException(
        "SOURCE_COLUMN_MISSING",
        "Input %s has no column '%s', which --column %s=%s names; its columns are: %s."
            .formatted(path, column, role, column, listed(columns)));
  }

  public static GuardException columnMisfit(String path, String column, String role, int sampled) {
    return new GuardException(
        "SOURCE_COLUMN_MISFIT",
        "Input %s: none of the %d sampled values of column '%s' can be read as %s. Expected for messages a list of objects or its JSON text, for transcript text that starts with Human: or Assistant:, for prompt and response text. Name another column with --column ROLE=NAME."
            .formatted(path, sampled, column, role));
  }

  public static GuardException columnRolesConflict(String roles, String expected) {
    return new GuardException(
        "SOURCE_COLUMN_ROLES_CONFLICT",
        "The column roles %s do not belong to one schema. %s.".formatted(roles, expected));
  }

  public static GuardException sourceNotStreamable(String path) {
    return new GuardException(
        "SOURCE_NOT_STREAMABLE",
        "Input %s holds message rows; their trees can only be assembled from the whole corpus. Read it as a batch."
            .formatted(path));
  }

  public static GuardException sourceRewritten(String path, Throwable cause) {
    return new GuardException(
        "SOURCE_REWRITTEN",
        "Delta table %s was changed by more than appends (update, delete, overwrite or a vacuumed log) since it was last read: %s. Start over with a new output folder, or label the changed rows from a table of their own."
            .formatted(path, firstLine(cause)),
        cause);
  }

  // ---- output directories and tables ----

  public static GuardException outputUnreadable(String output, Throwable cause) {
    return new GuardException(
        "OUTPUT_UNREADABLE",
        "Output %s cannot be opened: %s. Expected a directory this user can write, or a path that does not exist yet."
            .formatted(output, cause.getMessage()),
        cause);
  }

  public static GuardException outputIsFile(String output) {
    return new GuardException(
        "OUTPUT_UNSUITABLE",
        "Output %s is a file. Expected a directory, or a path that does not exist yet."
            .formatted(output));
  }

  public static GuardException outputHoldsOtherThings(String output, Collection<String> entries) {
    return new GuardException(
        "OUTPUT_UNSUITABLE",
        "Output %s holds something else: %s. Expected an empty directory, a path that does not exist yet, or the output of an earlier run. Choose another --output."
            .formatted(output, String.join(", ", entries)));
  }

  public static GuardException notDelta(String table) {
    return new GuardException(
        "OUTPUT_UNSUITABLE",
        "%s is not empty and is not a Delta table. Choose another --output, or move what is there away."
            .formatted(table));
  }

  public static GuardException otherColumns(String table, String difference) {
    return new GuardException(
        "OUTPUT_UNSUITABLE",
        "Table %s has other columns than this command writes: %s. Choose another --output; a table keeps the --include-text choice of the run that created it."
            .formatted(table, difference));
  }

  public static GuardException otherModel(String table, String seen, String expected) {
    return new GuardException(
        "OUTPUT_OTHER_MODEL",
        "Table %s holds labels of another model or prompt pack: it accepts only rows where %s; this run writes rows where %s. One output holds the labels of one model and prompt pack: choose another --output."
            .formatted(table, seen, expected));
  }

  public static GuardException tableNotCreated(String table, Throwable cause) {
    return new GuardException(
        "TABLE_NOT_CREATED",
        "Table %s could not be created: %s. Expected a directory this user can write."
            .formatted(table, firstLine(cause)),
        cause);
  }

  public static GuardException inputReadOtherwise(String input, String output, String layout) {
    return new GuardException(
        "INPUT_READ_OTHERWISE",
        "Input %s was labelled into %s before, but read in another way than what was found now: %s. Name the columns as they were found then with --column to go on, or as they are now to label all of it again."
            .formatted(input, output, layout));
  }

  public static GuardException outputInsideInput(String output, String input) {
    return new GuardException(
        "OUTPUT_INSIDE_INPUT",
        "Output %s lies in input %s, so the next run would read labels as conversations. Choose an --output outside of it."
            .formatted(output, input));
  }

  // ---- bundles ----

  public static GuardException bundleOutputUnsuitable(String output) {
    return new GuardException(
        "BUNDLE_OUTPUT_UNSUITABLE",
        "Directory %s is not empty. Expected a new or empty one for the bundle. Name another, or empty it."
            .formatted(output));
  }

  public static GuardException bundleNotWritten(String output, Throwable cause) {
    return new GuardException(
        "BUNDLE_NOT_WRITTEN",
        "Bundle %s cannot be written: %s. Expected readable files and room on the disk; remove what is there and try again."
            .formatted(output, cause),
        cause);
  }

  // ---- labelled sets ----

  public static GuardException datasetLayoutNotNamed(String name, List<String> names) {
    return new GuardException(
        "DATASET_LAYOUT_NOT_NAMED",
        "There is no dataset layout '%s'. Expected one of %s.".formatted(name, listed(names)));
  }

  public static GuardException datasetLayoutUnknown(
      String path, List<String> columns, List<String> names) {
    return new GuardException(
        "DATASET_LAYOUT_UNKNOWN",
        "Dataset %s: its columns tell no known layout; they are: %s. Name the layout with --layout %s, or give it the columns of layout gold: prompt, and prompt_harmful, response_harmful or severity."
            .formatted(path, listed(columns), String.join("|", names)));
  }

  public static GuardException datasetLayoutAmbiguous(String path, List<String> fitting) {
    return new GuardException(
        "DATASET_LAYOUT_AMBIGUOUS",
        "Dataset %s: its columns fit more than one layout: %s. Say which with --layout NAME."
            .formatted(path, listed(fitting)));
  }

  public static GuardException datasetColumnsMissing(
      String path, String layout, List<String> missing, List<String> columns) {
    return new GuardException(
        "DATASET_COLUMNS_MISSING",
        "Dataset %s does not fit layout %s: it has no column %s; its columns are: %s. Name another layout with --layout NAME, or leave --layout out."
            .formatted(path, layout, listed(missing), listed(columns)));
  }

  public static GuardException datasetRecordUnreadable(String path, int record, int count) {
    return new GuardException(
        "DATASET_RECORD_UNREADABLE",
        "Dataset %s: record %d cannot be read in the file's format, %d in all. Expected whole records: JSON objects, or CSV with as many cells as the header, quoted by RFC 4180. Correct the file, or pass its --format."
            .formatted(path, record, count));
  }

  public static GuardException datasetTextInvalid(String path, int record, String column) {
    return new GuardException(
        "DATASET_VALUE_INVALID",
        "Dataset %s, record %d: the value of column %s is no text. Expected conversation text. Name another layout with --layout NAME, or correct the record."
            .formatted(path, record, column));
  }

  /**
   * A label that is not understood.
   *
   * @param seen the value of a label column, never conversation text
   */
  public static GuardException datasetValueInvalid(
      String path, int record, String column, String seen, String expected) {
    return new GuardException(
        "DATASET_VALUE_INVALID",
        "Dataset %s, record %d: column %s holds %s. Expected %s, or nothing where it is unknown. Correct the record, or name another layout with --layout NAME."
            .formatted(path, record, column, seen, expected));
  }

  /**
   * A set without a case.
   *
   * @param leftOut what was left out, with its number
   */
  public static GuardException datasetEmpty(String path, Map<String, Integer> leftOut) {
    String seen =
        leftOut.isEmpty()
            ? "no record"
            : leftOut.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    return new GuardException(
        "DATASET_EMPTY",
        "Dataset %s holds no case to evaluate: %s. Expected records with a text and a label. Check the file, or name another layout with --layout NAME."
            .formatted(path, seen));
  }

  // ---- verification ----

  public static GuardException verifyRequestsUnreadable(String file, Throwable cause) {
    return new GuardException(
        "VERIFY_REQUESTS_UNREADABLE",
        "Requests file %s cannot be read: %s. Expected JSON Lines in UTF-8 on this machine."
            .formatted(file, cause),
        cause);
  }

  public static GuardException verifyRequestInvalid(
      String file, int line, String seen, String expected) {
    return new GuardException(
        "VERIFY_REQUEST_INVALID",
        "Requests file %s, line %d %s. Expected %s. Correct the line."
            .formatted(file, line, seen, expected));
  }

  public static GuardException verifyNothingToAsk(String input) {
    return new GuardException(
        "VERIFY_NOTHING_TO_ASK",
        "%s holds no text to judge. Expected at least one message or reply. Name another file."
            .formatted(input));
  }

  // ---- looking at a cluster ----

  public static GuardException executorsSilent(String after, Throwable cause) {
    return new GuardException(
        "EXECUTORS_SILENT",
        "No answer from the executors after %s: %s. Expected the cluster to run one small task for each core. Check in Spark's own page that executors have started and that what a task asks for (cores, memory, GPUs) is to be had; --wait gives them more time."
            .formatted(after, firstLine(root(cause))),
        cause);
  }

  // ---- command line ----

  public static GuardException outputFileNotWritable(String file, Throwable cause) {
    return new GuardException(
        "OUTPUT_FILE_NOT_WRITABLE",
        "File %s cannot be written: %s. Expected a file name in a folder this user can write."
            .formatted(file, cause),
        cause);
  }

  public static GuardException confKeyForeign(String key) {
    return new GuardException(
        "CONF_KEY_UNKNOWN",
        "--conf %s is no Spark setting. Expected a key that begins with 'spark.'.".formatted(key));
  }

  /** What no other error explains. */
  public static GuardException unexpected(Throwable cause) {
    return new GuardException(
        "UNEXPECTED",
        "%s: %s. Run again with --verbose for where it happened."
            .formatted(cause.getClass().getSimpleName(), firstLine(cause)),
        cause);
  }

  // ---- settings ----

  public static GuardException settingInvalid(String key, String seen, String expected) {
    return new GuardException(
        "SETTING_INVALID", "Setting %s is '%s'. Expected %s.".formatted(key, seen, expected));
  }

  public static GuardException settingUnknown(String key, List<String> known) {
    return new GuardException(
        "SETTING_UNKNOWN",
        "There is no setting %s. Expected one of %s.".formatted(key, listed(known)));
  }

  // ---- labelling runs ----

  /** A failure of Spark or of the file systems below it while labelling. */
  public static GuardException runFailed(String input, String output, Throwable cause) {
    Throwable root = root(cause);
    return new GuardException(
        "RUN_FAILED",
        "Labelling %s stopped: %s: %s. What was committed to %s stays; the same command goes on from there once the cause is gone."
            .formatted(input, root.getClass().getSimpleName(), firstLine(root), output),
        cause);
  }

  /** The code that a run ends with when too many of its rows are errors. */
  public static final String TOO_MANY_ERRORS = "TOO_MANY_ERRORS";

  public static GuardException tooManyErrors(long errors, long rows, double rate) {
    return new GuardException(
        TOO_MANY_ERRORS,
        "%,d of %,d exchanges came out as errors. Expected a share of at most %s (--max-error-rate). Their error_code and error_message in the labels table say why."
            .formatted(errors, rows, rate));
  }

  // ---- helpers ----

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
    return names.size() > LISTED ? shown + " and " + (names.size() - LISTED) + " more" : shown;
  }

  /** Spark and Delta wrap what went wrong in sentences about jobs, tasks and threads. */
  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
