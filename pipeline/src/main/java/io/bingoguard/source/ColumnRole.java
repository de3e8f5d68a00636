package io.bingoguard.source;

import java.util.Arrays;
import java.util.Locale;

/** Parts that a user can give to a column by name. */
public enum ColumnRole {
  ID,
  MESSAGES,
  PROMPT,
  RESPONSE,
  TRANSCRIPT,
  LANGUAGE,
  TIMESTAMP,
  SOURCE;

  /** Name on the command line: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a column of the role holds text that is judged. */
  boolean text() {
    return this == MESSAGES || this == PROMPT || this == RESPONSE || this == TRANSCRIPT;
  }

  /** The role of a lower-case name; an unknown name is an error that lists the known ones. */
  public static ColumnRole of(String key) {
    return Arrays.stream(values())
        .filter(role -> role.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                SourceErrors.columnRoleNotNamed(
                    key, Arrays.stream(values()).map(ColumnRole::key).toList()));
  }
}
