package io.bingoguard.cli;

import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.rows.ExchangeRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Exchanges for people: a block for each conversation, with the beginnings of the texts. */
final class ExchangesText {
  private static final int WIDEST = 100;
  private static final String LINE = "  %3s  %-9s %s%n";

  private ExchangesText() {}

  static String of(List<ExchangeRow> exchanges) {
    StringBuilder text = new StringBuilder();
    String conversation = null;
    for (ExchangeRow exchange : exchanges) {
      if (!exchange.conversationId().equals(conversation)) {
        conversation = exchange.conversationId();
        text.append("%nconversation %s%n".formatted(facts(exchange)));
      }
      append(text, exchange);
    }
    return text.isEmpty() ? "%nThere is no conversation.%n".formatted() : text.toString();
  }

  private static String facts(ExchangeRow exchange) {
    return Stream.of(
            Optional.of(exchange.conversationId()),
            exchange.occurredAt().map(Instant::toString),
            exchange.source().map("source "::concat),
            exchange.language().map("language "::concat))
        .flatMap(Optional::stream)
        .map(TerminalText::inLine)
        .collect(Collectors.joining(", "));
  }

  private static void append(StringBuilder text, ExchangeRow exchange) {
    String turn = Integer.toString(exchange.turnIndex());
    if (exchange.settled().isPresent()) {
      SafetyLabel label = exchange.settled().get();
      String reason =
          label.problem().map(problem -> problem.code() + ": " + problem.message()).orElse("");
      text.append(LINE.formatted(turn, label.status().key(), TerminalText.inLine(reason)));
      return;
    }
    text.append(LINE.formatted(turn, "prompt", beginning(exchange.exchange().prompt())));
    text.append(LINE.formatted("", "response", beginning(exchange.exchange().response())));
    if (exchange.unreadParts() > 0) {
      text.append(LINE.formatted("", "not read", exchange.unreadParts() + " parts"));
    }
  }

  /** On one line, without what would move a terminal's cursor. */
  private static String beginning(Optional<String> side) {
    if (side.isEmpty()) {
      return "(none)";
    }
    String line = side.get().strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    if (line.isEmpty()) {
      return "(empty)";
    }
    return line.codePointCount(0, line.length()) <= WIDEST
        ? line
        : "%s… (%,d characters)"
            .formatted(line.substring(0, line.offsetByCodePoints(0, WIDEST)), side.get().length());
  }
}
