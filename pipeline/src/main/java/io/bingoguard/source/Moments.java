package io.bingoguard.source;

import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;

/** Reads points in time in the forms that corpora hold; without a zone they are UTC. */
final class Moments {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final int LONGEST = 64;

  /** Smaller numbers are years or dates written as digits, not seconds since 1970. */
  private static final double FEWEST_SECONDS = 1e8;

  private static final double MOST_SECONDS = 1e11;

  /** ISO 8601, also with a blank for the T, one-digit fractions, and zones as +0000 or UTC. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[' ']")
          .appendPattern("[XXXXX][XXXX][X][z]")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private Moments() {}

  /** The moment of a value; empty when it is none that can be read. */
  static Optional<Instant> of(Object value) {
    return read(value).filter(moment -> !moment.isBefore(EARLIEST) && !moment.isAfter(LATEST));
  }

  /**
   * The moment of a timestamp that comes from a row.
   *
   * @param time shows the row's date, before 1582 in the calendar of then, on another day
   */
  static Instant ofRow(Timestamp time) {
    return DateTimeUtils.microsToInstant(DateTimeUtils.fromJavaTimestamp(time));
  }

  private static Optional<Instant> read(Object value) {
    if (value instanceof Timestamp timestamp) {
      return Optional.of(ofRow(timestamp));
    }
    if (value instanceof Instant instant) {
      return Optional.of(instant);
    }
    if (value instanceof java.sql.Date date) {
      return Optional.of(date.toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    if (value instanceof LocalDate date) {
      return Optional.of(date.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    if (value instanceof LocalDateTime dateTime) {
      return Optional.of(dateTime.toInstant(ZoneOffset.UTC));
    }
    if (value instanceof Number number) {
      return ofEpoch(number.doubleValue());
    }
    if (value instanceof Map<?, ?> fields) {
      return ofFields(fields);
    }
    return value instanceof String text && text.length() <= LONGEST
        ? ofText(text.strip())
        : Optional.empty();
  }

  /** Dates of MongoDB's Extended JSON, and of Firestore and Protocol Buffers. */
  private static Optional<Instant> ofFields(Map<?, ?> fields) {
    if (fields.get("$date") instanceof Map<?, ?> number
        && number.get("$numberLong") instanceof String text
        && text.matches("-?\\d{1,18}")) {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
    }
    if (fields.get("$date") instanceof Number millis) {
      return Optional.of(Instant.ofEpochMilli(millis.longValue()));
    }
    return Stream.of("$date", "_seconds", "seconds")
        .map(fields::get)
        .filter(Objects::nonNull)
        .findFirst()
        .flatMap(Moments::of);
  }

  /** Seconds, milli-, micro- or nanoseconds since 1970, told apart by size. */
  private static Optional<Instant> ofEpoch(double epoch) {
    if (!Double.isFinite(epoch) || Math.abs(epoch) < FEWEST_SECONDS) {
      return Optional.empty();
    }
    double seconds = epoch;
    while (Math.abs(seconds) >= MOST_SECONDS) {
      seconds /= 1000;
    }
    return Optional.of(Instant.ofEpochMilli(Math.round(seconds * 1000)));
  }

  private static Optional<Instant> ofText(String text) {
    try {
      if (text.matches("-?\\d{5,20}(\\.\\d{1,9})?")) {
        return ofEpoch(Double.parseDouble(text));
      }
      TemporalAccessor parsed = ISO.parse(text);
      if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
        return Optional.of(Instant.from(parsed));
      }
      LocalTime time = parsed.query(TemporalQueries.localTime());
      return Optional.of(
          LocalDate.from(parsed)
              .atTime(time == null ? LocalTime.MIDNIGHT : time)
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
