package io.bingoguard.spark.sql;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Collection;

/** What users are told of errors in this package. */
final class SqlErrors {
  private SqlErrors() {}

  static GuardException wrongNumberOfArguments(String usage, int given) {
    return ErrorCode.SQL_ARGUMENT_INVALID.error(
        "A call has %d arguments. Expected those of %s.", given, usage);
  }

  static GuardException argumentInvalid(
      String function, String argument, Object seen, String expected) {
    return ErrorCode.SQL_ARGUMENT_INVALID.error(
        "%s: %s is %s. Expected %s.", function, argument, seen, expected);
  }

  static GuardException categoryUnknown(String code, Collection<String> known, String model) {
    return ErrorCode.CATEGORY_UNKNOWN.error(
        "Category '%s' is none of model %s, which has %s. Expected one of these codes: name the model that made the labels in spark.bingoguard.model, or join with the table categories.",
        code, model, known);
  }

  static GuardException labelMisplaced(String function, String where) {
    return ErrorCode.SQL_LABEL_MISPLACED.error(
        "%s stands in %s. Expected it in the list of a SELECT or in a WHERE, over columns of that query: compute the label in a subquery, of exploded rows, and use its columns outside.",
        function, where);
  }
}
