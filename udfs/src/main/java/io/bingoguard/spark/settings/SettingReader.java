package io.bingoguard.spark.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.network.util.JavaUtils;

/**
 * Typed values of settings. All methods throw {@code SETTING_INVALID}.
 *
 * @param values what was given, by full key
 */
record SettingReader(Map<String, String> values) {
  private static final String AUTO = "auto";

  String text(Setting setting) {
    return values.getOrDefault(setting.key(), setting.defaultValue()).strip();
  }

  String word(Setting setting, List<String> allowed) {
    String value = text(setting).toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      throw SettingErrors.invalid(setting, value, "one of " + allowed);
    }
    return value;
  }

  /** What stands between commas; empty where nothing is given. */
  List<String> list(Setting setting) {
    return Arrays.stream(text(setting).split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  List<String> words(Setting setting, List<String> allowed) {
    List<String> words = list(setting).stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    for (String word : words) {
      if (!allowed.contains(word)) {
        throw SettingErrors.invalid(setting, word, "some of " + allowed);
      }
    }
    return words;
  }

  boolean flag(Setting setting) {
    return word(setting, List.of("true", "false")).equals("true");
  }

  int number(Setting setting, int least, int most) {
    String value = text(setting);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw SettingErrors.invalid(setting, value, "a whole number");
    }
    throw SettingErrors.invalid(setting, value, least + " to " + most);
  }

  /** A number, or nothing for what the software finds out itself. */
  OptionalInt numberOrAuto(Setting setting, int least, int most) {
    return auto(setting) ? OptionalInt.empty() : OptionalInt.of(number(setting, least, most));
  }

  /** Bytes, written with a unit as Spark's own settings are; a plain number is bytes. */
  long bytes(Setting setting, String most) {
    String value = text(setting);
    try {
      long bytes = JavaUtils.byteStringAsBytes(value);
      if (bytes > 0 && bytes <= JavaUtils.byteStringAsBytes(most)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw SettingErrors.invalid(setting, value, "a size with its unit, for example 64g");
    }
    throw SettingErrors.invalid(setting, value, "a size above 0 and up to " + most);
  }

  /** The same, or nothing for what the software finds out itself. */
  OptionalLong bytesOrAuto(Setting setting, String most) {
    return auto(setting) ? OptionalLong.empty() : OptionalLong.of(bytes(setting, most));
  }

  /** A time above zero, written with a unit as Spark's own settings are. */
  Duration time(Setting setting) {
    String value = text(setting);
    long millis;
    try {
      millis = JavaUtils.timeStringAsMs(value);
    } catch (IllegalArgumentException e) {
      throw SettingErrors.invalid(setting, value, "a time with its unit, for example 90s");
    }
    if (millis <= 0) {
      throw SettingErrors.invalid(setting, value, "a time above zero");
    }
    return Duration.ofMillis(millis);
  }

  private boolean auto(Setting setting) {
    String value = text(setting);
    return value.isEmpty() || value.equalsIgnoreCase(AUTO);
  }
}
