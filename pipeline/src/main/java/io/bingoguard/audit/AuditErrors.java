package io.bingoguard.audit;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Collection;

/** What users are told of errors in this package. */
final class AuditErrors {
  private static final String REMEDY = "conf/audit.properties.example explains every setting.";

  private AuditErrors() {}

  static GuardException configUnreadable(String file, Throwable cause) {
    return ErrorCode.AUDIT_SETTINGS_INVALID.error(
        "Configuration %s cannot be read: %s. Expected a file of lines NAME=VALUE. " + REMEDY,
        file,
        cause);
  }

  static GuardException settingUnknown(String file, String name, Collection<String> known) {
    return ErrorCode.AUDIT_SETTINGS_INVALID.error(
        "Configuration %s has a setting %s, which does not exist. Expected some of %s. " + REMEDY,
        file,
        name,
        known);
  }

  static GuardException settingTwice(String file, String name) {
    return ErrorCode.AUDIT_SETTINGS_INVALID.error(
        "Configuration %s has the setting %s twice. Expected it once. " + REMEDY, file, name);
  }

  static GuardException settingInvalid(String file, String name, String value, String expected) {
    return ErrorCode.AUDIT_SETTINGS_INVALID.error(
        "Configuration %s has %s=%s. Expected %s. " + REMEDY, file, name, value, expected);
  }

  static GuardException notWritten(String output, Throwable cause) {
    return ErrorCode.AUDIT_NOT_WRITTEN.error(
        "The audit of %s could not be written: %s. Expected whole tables in a directory this user can write, that no run writes to at the same time. Labels stay as they are; give the same command again.",
        output, cause);
  }
}
