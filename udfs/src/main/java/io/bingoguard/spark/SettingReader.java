package io.bingoguard.spark;

import io.bingoguard.guard.GuardErrors;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.network.util.JavaUtils;

/**
 * Typed values of Spark settings. All methods throw {@code SETTING_INVALID}.
 *
 * @param properties Spark's settings by full key
 */
record SettingReader(Map<String, String> properties) {
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
}
