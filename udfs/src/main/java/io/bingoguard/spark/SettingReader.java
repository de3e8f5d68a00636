package io.bingoguard.spark;

import io.bingoguard.guard.GuardErrors;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.network.util.JavaUtils;

/**
 * Typed values of Spark settings. All methods throw {@code SETTING_INVALID}.
 *
 * @param properties Spark's settings by full key
 */
record SettingReader(Map<String, String> properties) {
  private static final String AUTO = "auto";

  String text(String key, String defaultValue) {
    return properties.getOrDefault(key, defaultValue).strip();
  }

  String word(String key, String defaultValue, List<String> allowed) {
    String value = text(key, defaultValue).toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      throw GuardErrors.settingInvalid(key, value, "one of " + allowed);
    }
    return value;
  }

  int number(String key, int defaultValue, int least, int most) {
    String value = text(key, Integer.toString(defaultValue));
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw GuardErrors.settingInvalid(key, value, "a whole number");
    }
    throw GuardErrors.settingInvalid(key, value, least + " to " + most);
  }

  /** Bytes, written with a unit as Spark's own settings are; a plain number is bytes. */
  long bytes(String key, String defaultValue, String most) {
    String value = text(key, defaultValue);
    try {
      long bytes = JavaUtils.byteStringAsBytes(value);
      if (bytes > 0 && bytes <= JavaUtils.byteStringAsBytes(most)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw GuardErrors.settingInvalid(key, value, "a size with its unit, for example 64g");
    }
    throw GuardErrors.settingInvalid(key, value, "a size above 0 and up to " + most);
  }

  /** The same, or nothing for what the software finds out itself. */
  OptionalLong bytesOrAuto(String key, String most) {
    return auto(key) ? OptionalLong.empty() : OptionalLong.of(bytes(key, AUTO, most));
  }

  OptionalInt numberOrAuto(String key, int least, int most) {
    return auto(key) ? OptionalInt.empty() : OptionalInt.of(number(key, least, least, most));
  }

  /** A time above zero, written with a unit as Spark's own settings are. */
  Duration time(String key, String defaultValue) {
    String value = text(key, defaultValue);
    long millis;
    try {
      millis = JavaUtils.timeStringAsMs(value);
    } catch (IllegalArgumentException e) {
      throw GuardErrors.settingInvalid(key, value, "a time with its unit, for example 90s");
    }
    if (millis <= 0) {
      throw GuardErrors.settingInvalid(key, value, "a time above zero");
    }
    return Duration.ofMillis(millis);
  }

  /** A value that was given and is not blank. */
  Optional<String> given(String key) {
    return Optional.ofNullable(properties.get(key)).map(String::strip).filter(t -> !t.isEmpty());
  }

  private boolean auto(String key) {
    return given(key).filter(value -> !value.equalsIgnoreCase(AUTO)).isEmpty();
  }
}
