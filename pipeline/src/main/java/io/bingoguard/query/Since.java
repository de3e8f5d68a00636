package io.bingoguard.query;

import io.bingoguard.table.LabelHistory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * From when on changes of the labels are asked for.
 *
 * @param words for people
 * @param lastVersion the newest version of the labels that is not asked for; -1 for none
 */
public record Since(String words, ToLongFunction<LabelHistory> lastVersion) {
  private static final long NONE = -1;

  public Since {
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(lastVersion, "lastVersion");
  }

  /** All changes there ever were. */
  static Since beginning() {
    return new Since("the beginning", labels -> NONE);
  }

  /** Changes from the first moment of a day in UTC on. */
  static Since day(LocalDate day) {
    return moment(day.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /**
   * What a user names.
   *
   * @param given a version of the labels, a day in UTC such as 2026-05-31, or a time such as
   *     2026-05-31T22:00Z, in UTC where it names no zone
   * @throws IllegalArgumentException for anything else
   */
  public static Since parse(String given) {
    if (given.matches("\\d{1,18}")) {
      long version = Long.parseLong(given);
      return new Since("version " + version, labels -> version);
    }
    try {
      return day(LocalDate.parse(given));
    } catch (DateTimeException noDay) {
      return time(given);
    }
  }

  private static Since time(String given) {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              given, OffsetDateTime::from, LocalDateTime::from);
      return moment(
          time instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : LocalDateTime.from(time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no night, time or version; expected for example 2026-05-31, 2026-05-31T22:00Z or 12"
              .formatted(given),
          e);
    }
  }

  private static Since moment(Instant moment) {
    return new Since(moment.toString(), labels -> labels.versionBefore(moment));
  }
}
