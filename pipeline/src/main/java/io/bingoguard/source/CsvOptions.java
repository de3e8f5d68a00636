package io.bingoguard.source;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user says about the dialect of CSV files; the rest is found from their beginnings.
 *
 * @param delimiter stands between fields
 * @param quote stands around fields; {@link CsvDialect#NO_QUOTE} for none
 * @param escape how a quote within a field is written
 */
public record CsvOptions(
    Optional<Character> delimiter, Optional<Character> quote, Optional<CsvEscape> escape) {
  /** Nothing is said. */
  public static final CsvOptions FOUND_OUT =
      new CsvOptions(Optional.empty(), Optional.empty(), Optional.empty());

  private static final Map<String, Character> DELIMITERS =
      Map.of("comma", ',', "tab", '\t', "\\t", '\t', "semicolon", ';', "pipe", '|');

  public CsvOptions {
    Objects.requireNonNull(delimiter, "delimiter");
    Objects.requireNonNull(quote, "quote");
    Objects.requireNonNull(escape, "escape");
  }

  /**
   * The options of some names: {@code delimiter} ({@code comma}, {@code tab}, {@code semicolon},
   * {@code pipe} or a character), {@code quote} (a character or {@code none}), {@code escape}
   * ({@code doubled} or {@code backslash}, or the character).
   *
   * @throws io.bingoguard.guard.GuardException SOURCE_CSV_OPTION_INVALID for any other
   */
  public static CsvOptions of(Map<String, String> named) {
    CsvOptions options = FOUND_OUT;
    for (Map.Entry<String, String> option : named.entrySet()) {
      options = options.with(option.getKey(), option.getValue());
    }
    if (options.delimiter.isPresent() && options.delimiter.equals(options.quote)) {
      throw SourceErrors.csvOptionInvalid("quote", String.valueOf(options.quote.get()));
    }
    return options;
  }

  private CsvOptions with(String key, String value) {
    return switch (key) {
      case "delimiter" ->
          new CsvOptions(
              Optional.of(
                  Optional.ofNullable(DELIMITERS.get(value))
                      .orElseGet(() -> character(key, value))),
              quote,
              escape);
      case "quote" ->
          new CsvOptions(
              delimiter,
              Optional.of(value.equals("none") ? CsvDialect.NO_QUOTE : character(key, value)),
              escape);
      case "escape" ->
          new CsvOptions(
              delimiter,
              quote,
              Optional.of(
                  CsvEscape.of(value)
                      .orElseThrow(() -> SourceErrors.csvOptionInvalid(key, value))));
      default -> throw SourceErrors.csvOptionInvalid(key, value);
    };
  }

  private static char character(String key, String value) {
    if (value.length() != 1 || "\r\n\0".contains(value)) {
      throw SourceErrors.csvOptionInvalid(key, value);
    }
    return value.charAt(0);
  }
}
