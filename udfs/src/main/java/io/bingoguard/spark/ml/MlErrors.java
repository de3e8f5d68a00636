package io.bingoguard.spark.ml;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Arrays;
import java.util.Locale;

/** Errors of this package. */
final class MlErrors {
  private MlErrors() {}

  static GuardException columnMissing(String column, String[] there) {
    return ErrorCode.TRANSFORMER_INPUT_INVALID.error(
        "There is no column %s; the columns are %s. Name it by promptCol or responseCol, or set the param to an empty string where there is none.",
        column, Arrays.toString(there));
  }

  static GuardException columnNoText(String column, String type) {
    return ErrorCode.TRANSFORMER_INPUT_INVALID.error(
        "Column %s has type %s. Expected string. Cast it, or name another by promptCol or responseCol.",
        column, type);
  }

  static GuardException columnThere(String column) {
    return ErrorCode.TRANSFORMER_INPUT_INVALID.error(
        "There is a column %s already. Name another by outputCol, errorCol or annotationCol.",
        column);
  }

  static GuardException noOutput() {
    return ErrorCode.TRANSFORMER_INPUT_INVALID.error(
        "outputCol is empty. Expected a name for the column that gets the label.");
  }

  static GuardException noTexts() {
    return ErrorCode.TRANSFORMER_INPUT_INVALID.error(
        "Neither promptCol nor responseCol names a column, so there is nothing to judge. Name one.");
  }

  static GuardException valueUnknown(String param, String value, Object[] known) {
    return ErrorCode.TRANSFORMER_INPUT_INVALID.error(
        "The param %s is %s. Expected one of %s.",
        param, value, Arrays.toString(known).toLowerCase(Locale.ROOT));
  }
}
