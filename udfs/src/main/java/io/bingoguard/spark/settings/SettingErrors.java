package io.bingoguard.spark.settings;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Arrays;

/** What users are told of errors in this package. */
final class SettingErrors {
  private SettingErrors() {}

  static GuardException invalid(Setting setting, String seen, String expected) {
    return ErrorCode.SETTING_INVALID.error(
        "Setting %s is '%s'. Expected %s.", setting.key(), seen, expected);
  }

  static GuardException unknown(String key) {
    return ErrorCode.SETTING_UNKNOWN.error(
        "There is no setting %s. Expected one of %s.",
        key, Arrays.stream(Setting.values()).map(Setting::key).sorted().toList());
  }
}
