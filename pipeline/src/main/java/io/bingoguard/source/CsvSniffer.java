package io.bingoguard.source;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the dialect of CSV files: their beginnings are read in each dialect there may be, and the
 * one in which all records are well formed is theirs.
 */
final class CsvSniffer {
  private static final List<Character> DELIMITERS = List.of(',', '\t', ';', '|');
  private static final char QUOTE = '"';

  /**
   * Where one dialect leaves this many times more stray quotes than the other, it is not the one.
   */
  private static final int CLEARLY_MORE = 10;

  /** How Spark names the files it writes; unless it is told otherwise it writes backslashes. */
  private static final Pattern WRITTEN_BY_SPARK =
      Pattern.compile(".*/part-\\d{5}-[0-9a-f]{8}-[0-9a-f-]{27}[^/]*");

  private final CsvOptions options;

  CsvSniffer(CsvOptions options) {
    this.options = options;
  }

  /**
   * The beginning of a file.
   *
   * @param whole whether that is all of the file
   */
  record Head(String file, String text, boolean whole) {}

  /**
   * A dialect, and on what ground.
   *
   * @param assumed whether another escape would give other texts and nothing tells which is right
   */
  record Finding(CsvDialect dialect, boolean assumed) {}

  /**
   * The dialect of some files.
   *
   * @throws io.bingoguard.guard.GuardException SOURCE_CSV_DIALECT_UNCLEAR where they contradict
   *     each other or themselves
   */
  Finding find(List<Head> heads) {
    char quote = options.quote().orElse(QUOTE);
    char delimiter = options.delimiter().orElseGet(() -> delimiter(heads, quote));
    if (options.escape().isPresent() || quote == CsvDialect.NO_QUOTE) {
      return new Finding(
          new CsvDialect(delimiter, quote, options.escape().orElse(CsvEscape.DOUBLED)), false);
    }
    Optional<Head> doubled = Optional.empty();
    Optional<Head> backslash = Optional.empty();
    Optional<Head> undecided = Optional.empty();
    for (Head head : heads) {
      Reading asDoubled = Reading.of(head, new CsvDialect(delimiter, quote, CsvEscape.DOUBLED));
      Reading asBackslash = Reading.of(head, new CsvDialect(delimiter, quote, CsvEscape.BACKSLASH));
      if (clearlyMore(asBackslash.strayQuotes(), asDoubled.strayQuotes())) {
        doubled = Optional.of(head);
      } else if (clearlyMore(asDoubled.strayQuotes(), asBackslash.strayQuotes())) {
        backslash = Optional.of(head);
      } else if (asDoubled.strayQuotes() > 0) {
        throw SourceErrors.csvDialectUnclear(List.of(head.file()));
      } else if (!asDoubled.values().equals(asBackslash.values())) {
        undecided = Optional.of(head);
      }
    }
    if (doubled.isPresent() && backslash.isPresent()) {
      throw SourceErrors.csvDialectUnclear(List.of(doubled.get().file(), backslash.get().file()));
    }
    boolean told = doubled.isPresent() || backslash.isPresent();
    CsvEscape escape =
        backslash.isPresent() || (!told && heads.stream().allMatch(CsvSniffer::ofSpark))
            ? CsvEscape.BACKSLASH
            : CsvEscape.DOUBLED;
    return new Finding(new CsvDialect(delimiter, quote, escape), !told && undecided.isPresent());
  }

  private static boolean ofSpark(Head head) {
    return WRITTEN_BY_SPARK.matcher(head.file()).matches();
  }

  private static boolean clearlyMore(long many, long few) {
    return many > few * CLEARLY_MORE;
  }

  /** The delimiter by which most records have the header's number of fields, two at least. */
  private static char delimiter(List<Head> heads, char quote) {
    return DELIMITERS.stream()
        .filter(delimiter -> delimiter != quote)
        .map(delimiter -> Split.of(heads, delimiter, quote))
        .filter(split -> split.columns() > 1)
        .max(
            Comparator.comparingLong(Split::fitting)
                .thenComparingInt(Split::columns)
                .thenComparing(split -> -DELIMITERS.indexOf(split.delimiter())))
        .map(Split::delimiter)
        .orElse(DELIMITERS.get(0));
  }

  private record Split(char delimiter, int columns, long fitting) {
    private static Split of(List<Head> heads, char delimiter, char quote) {
      int columns = 0;
      long fitting = 0;
      for (Head head : heads) {
        long most = 0;
        for (CsvEscape escape : CsvEscape.values()) {
          Reading reading = Reading.of(head, new CsvDialect(delimiter, quote, escape));
          columns = Math.max(columns, reading.columns());
          most = Math.max(most, reading.columns() > 1 ? reading.fitting() : 0);
        }
        fitting += most;
      }
      return new Split(delimiter, columns, fitting);
    }
  }

  /** A beginning as it reads in one dialect; the record in which it is cut off is left out. */
  private record Reading(List<List<String>> values, int columns, long fitting, long strayQuotes) {
    private static Reading of(Head head, CsvDialect dialect) {
      List<CsvRecord> records = new ArrayList<>();
      try (CsvRecords text = new CsvRecords(new StringReader(head.text()), dialect)) {
        for (Optional<CsvRecord> next = text.next(); next.isPresent(); next = text.next()) {
          records.add(next.get());
        }
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      long strayQuotes = records.stream().filter(CsvRecord::strayQuote).count();
      if (head.whole()) {
        strayQuotes += records.stream().filter(CsvRecord::unclosed).count();
      } else if (!records.isEmpty()) {
        records.remove(records.size() - 1);
      }
      int columns = records.isEmpty() ? 0 : records.get(0).values().size();
      return new Reading(
          records.stream().map(CsvRecord::values).toList(),
          columns,
          records.stream().filter(record -> record.fits(columns)).count(),
          strayQuotes);
    }
  }
}
