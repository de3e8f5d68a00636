package io.bingoguard.review.tool;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.List;

/** What users are told of errors in this package. */
final class ToolErrors {
  private ToolErrors() {}

  static GuardException unreadable(String file, Throwable cause) {
    return ErrorCode.REVIEWS_UNREADABLE.error(
        "File %s cannot be read: %s. Expected a JSON export of Label Studio, records of Argilla, or CSV.",
        file, cause);
  }

  static GuardException unknownForm(String file) {
    return ErrorCode.REVIEWS_UNREADABLE.error(
        "File %s is no export that is known. Expected a JSON list of Label Studio's tasks with annotations (its format JSON, not JSON-MIN), or of Argilla's records with responses, or a file .csv or .tsv with the columns item_id and verdict. Name the tool with --from where the file's name does not tell.",
        file);
  }

  static GuardException columnsMissing(String file, List<String> missing) {
    return ErrorCode.REVIEWS_UNREADABLE.error(
        "File %s lacks %s. Expected the file of 'export --for csv', which has the columns item_id and verdict, with verdict filled in.",
        file, String.join(" and ", missing));
  }

  static GuardException notUtf8(String file) {
    return ErrorCode.REVIEWS_UNREADABLE.error(
        "File %s is not in UTF-8. Expected a table that a spreadsheet has saved as CSV UTF-8.",
        file);
  }
}
