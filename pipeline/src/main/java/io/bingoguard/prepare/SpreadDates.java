package io.bingoguard.prepare;

import io.bingoguard.spark.labelling.ExchangeStep;
import io.bingoguard.spark.rows.ExchangeRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Gives exchanges without a time one of the days before a day, the same to all of a conversation,
 * so that an audit of nights can be tried out on a corpus without times.
 */
final class SpreadDates implements ExchangeStep {
  private static final long serialVersionUID = 1L;
  private static final long SECONDS_A_DAY = 86_400;

  private final int days;
  private final Instant end;

  /**
   * Over so many days.
   *
   * @param today the day behind the last
   */
  SpreadDates(int days, LocalDate today) {
    this.days = days;
    this.end = today.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @Override
  public ExchangeRow apply(ExchangeRow row) {
    return row.occurredAt().isPresent()
        ? row
        : row.at(end.minusSeconds(1 + secondsBefore(row.conversationId())));
  }

  /** Drawn by the id. Its hash code alone would put ids that are alike on neighbouring days. */
  private long secondsBefore(String conversationId) {
    long drawn = conversationId.hashCode() * 0x9E3779B97F4A7C15L;
    return Long.remainderUnsigned(drawn ^ (drawn >>> 32), days * SECONDS_A_DAY);
  }
}
