package io.bingoguard.query;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Collection;

/** What users are told of errors in this package. */
final class QueryErrors {
  private QueryErrors() {}

  static GuardException unknown(String name, Collection<String> known) {
    return ErrorCode.QUERY_UNKNOWN.error(
        "There is no question '%s'. Expected one of %s, or --file with a query of your own; --list says what each asks.",
        name, known);
  }

  static GuardException fileUnreadable(String file, Throwable cause) {
    return ErrorCode.QUERY_INVALID.error(
        "File %s cannot be read: %s. Expected a file with one SQL query in UTF-8.", file, cause);
  }

  static GuardException noQuery(String name) {
    return ErrorCode.QUERY_INVALID.error(
        "%s holds a statement that changes something or asks for no rows. Expected one query, beginning with SELECT or WITH.",
        name);
  }

  static GuardException invalid(String name, Collection<String> views, Throwable cause) {
    return ErrorCode.QUERY_INVALID.error(
        "%s cannot be asked: %s. Expected one query in Spark's SQL over some of the views %s.",
        name, cause, views);
  }

  static GuardException tableMissing(String name, String output, String table, String remedy) {
    return ErrorCode.QUERY_TABLE_MISSING.error(
        "%s needs the table %s, which output %s does not have. Expected what '%s' writes: give that command first.",
        name, table, output, remedy);
  }

  static GuardException changesGone(String output, String since) {
    return ErrorCode.QUERY_CHANGES_GONE.error(
        "Output %s no longer holds what has changed since %s. Expected a change feed that reaches back so far, which 'maintain' keeps for seven days. Name a later --since.",
        output, since);
  }

  static GuardException notAnswered(String name, String output, Throwable cause) {
    return ErrorCode.QUERY_FAILED.error(
        "%s could not be answered from %s: %s. Expected whole tables and a query that fits their values. Nothing was changed.",
        name, output, cause);
  }
}
