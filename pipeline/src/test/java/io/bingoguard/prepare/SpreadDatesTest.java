package io.bingoguard.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.Exchange;
import io.bingoguard.spark.rows.ExchangeRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadDatesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private final SpreadDates dates = new SpreadDates(60, TODAY);

  @Test
  void conversationsWithIdsAlikeAreSpreadEvenlyOverTheDaysBefore() {
    Map<LocalDate, Long> days =
        IntStream.range(0, 60_000)
            .mapToObj(number -> day(dates.apply(row("conversation-" + number, 0))))
            .collect(Collectors.groupingBy(day -> day, Collectors.counting()));

    assertThat(days).hasSize(60).containsKeys(TODAY.minusDays(60), TODAY.minusDays(1));
    assertThat(days.values()).allMatch(number -> number > 800 && number < 1200);
  }

  @Test
  void aConversationHasOneTimeAndKeepsItsOwn() {
    assertThat(dates.apply(row("a", 0)).occurredAt())
        .isEqualTo(dates.apply(row("a", 5)).occurredAt());
    ExchangeRow told = row("a", 0).at(Instant.EPOCH);
    assertThat(dates.apply(told)).isEqualTo(told);
  }

  private static LocalDate day(ExchangeRow row) {
    return row.occurredAt().orElseThrow().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static ExchangeRow row(String conversation, int turn) {
    return ExchangeRow.of(conversation, turn, Exchange.ofPrompt("text"));
  }
}
