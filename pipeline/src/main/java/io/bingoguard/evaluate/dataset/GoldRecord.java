package io.bingoguard.evaluate.dataset;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A record of a labelled set. Conversation text and labels are read apart, because the values of
 * label columns are shown in errors and texts never are.
 *
 * @param dataset path of the set, for errors
 * @param number place of the record, from 1, for errors
 * @param fields column values; a value that is not there is null or left out
 */
record GoldRecord(String dataset, int number, Map<String, Object> fields) {
  GoldRecord {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(fields, "fields");
  }

  /** Conversation text as it stands; empty where there is nothing but white space. */
  Optional<String> text(String column) {
    Object value = fields.get(column);
    if (value != null && !(value instanceof String)) {
      throw DatasetErrors.datasetTextInvalid(dataset, number, column);
    }
    return Optional.ofNullable((String) value).filter(text -> !text.isBlank());
  }

  /**
   * A label as a word: text stripped, numbers in their shortest form, booleans as {@code true} or
   * {@code false}. Empty where there is none, which is null, blank text or NaN.
   */
  Optional<String> word(String column) {
    Object value = fields.get(column);
    if (value == null || (value instanceof Number number && Double.isNaN(number.doubleValue()))) {
      return Optional.empty();
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      return Optional.of(shortest(String.valueOf(value).strip())).filter(word -> !word.isEmpty());
    }
    throw DatasetErrors.datasetValueInvalid(
        dataset, number, column, "a list or an object", "a plain value");
  }

  /**
   * A label that must be understood if it is there.
   *
   * @param expected what is understood, for the error
   * @param meaning empty for a word that is not understood
   */
  <T> Optional<T> label(String column, String expected, Function<String, Optional<T>> meaning) {
    return word(column)
        .map(
            word ->
                meaning
                    .apply(word)
                    .orElseThrow(
                        () ->
                            DatasetErrors.datasetValueInvalid(
                                dataset, number, column, shown(word), expected)));
  }

  /** A label that says yes or no. */
  Optional<Boolean> flag(String column, FlagWords words) {
    return label(column, words.expected(), words::meaning);
  }

  /** Tables of numbers with gaps write 1 as 1.0, in CSV too. */
  private static String shortest(String word) {
    return word.matches("-?\\d{1,18}\\.\\d{1,18}")
        ? new BigDecimal(word).stripTrailingZeros().toPlainString()
        : word;
  }

  /** A long value, or one of several lines, may be conversation text in a wrong column. */
  private static String shown(String word) {
    return word.length() <= 40 && word.matches("[\\p{L}\\p{N} .,:;_/&()#+-]+")
        ? "'" + word + "'"
        : "text of %d characters".formatted(word.length());
  }
}
