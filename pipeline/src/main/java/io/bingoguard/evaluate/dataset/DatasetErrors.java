package io.bingoguard.evaluate.dataset;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.List;
import java.util.Map;

/** What users are told of errors in this package. */
final class DatasetErrors {
  private DatasetErrors() {}

  static GuardException datasetLayoutNotNamed(String name, List<String> names) {
    return ErrorCode.DATASET_LAYOUT_NOT_NAMED.error(
        "There is no dataset layout '%s'. Expected one of %s.", name, names);
  }

  static GuardException datasetLayoutUnknown(
      String path, List<String> columns, List<String> names) {
    return ErrorCode.DATASET_LAYOUT_UNKNOWN.error(
        "Dataset %s: its columns tell no known layout; they are: %s. Name the layout with --layout %s, or give it the columns of layout gold: prompt, and prompt_harmful, response_harmful or severity.",
        path, columns, String.join("|", names));
  }

  static GuardException datasetLayoutAmbiguous(String path, List<String> fitting) {
    return ErrorCode.DATASET_LAYOUT_AMBIGUOUS.error(
        "Dataset %s: its columns fit more than one layout: %s. Say which with --layout NAME.",
        path, fitting);
  }

  static GuardException datasetColumnsMissing(
      String path, String layout, List<String> missing, List<String> columns) {
    return ErrorCode.DATASET_COLUMNS_MISSING.error(
        "Dataset %s does not fit layout %s: it has no column %s; its columns are: %s. Name another layout with --layout NAME, or leave --layout out.",
        path, layout, missing, columns);
  }

  static GuardException datasetRecordUnreadable(String path, int record, int count) {
    return ErrorCode.DATASET_RECORD_UNREADABLE.error(
        "Dataset %s: record %d cannot be read in the file's format, %d in all. Expected whole records: JSON objects, or CSV with as many cells as the header, quoted by RFC 4180. Correct the file, or pass its --format.",
        path, record, count);
  }

  static GuardException datasetTextInvalid(String path, int record, String column) {
    return ErrorCode.DATASET_VALUE_INVALID.error(
        "Dataset %s, record %d: the value of column %s is no text. Expected conversation text. Name another layout with --layout NAME, or correct the record.",
        path, record, column);
  }

  /**
   * A label that is not understood.
   *
   * @param seen the value of a label column, never conversation text
   */
  static GuardException datasetValueInvalid(
      String path, int record, String column, String seen, String expected) {
    return ErrorCode.DATASET_VALUE_INVALID.error(
        "Dataset %s, record %d: column %s holds %s. Expected %s, or nothing where it is unknown. Correct the record, or name another layout with --layout NAME.",
        path, record, column, seen, expected);
  }

  /**
   * A set without a case.
   *
   * @param leftOut what was left out, with its number
   */
  static GuardException datasetEmpty(String path, Map<String, Integer> leftOut) {
    return ErrorCode.DATASET_EMPTY.error(
        "Dataset %s holds no case to evaluate: %s. Expected records with a text and a label. Check the file, or name another layout with --layout NAME.",
        path,
        leftOut.isEmpty()
            ? "no record"
            : leftOut.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList());
  }
}
