package io.bingoguard.review.tool;

import io.bingoguard.review.sample.ExchangeKey;
import io.bingoguard.review.sample.SampleItem;
import io.bingoguard.review.sample.Side;
import java.util.Objects;
import java.util.Optional;

/**
 * A message as a person is asked about it. What the label says is no part of it: who sees a verdict
 * is led by it.
 *
 * @param item the message
 * @param texts of its exchange; empty where none are to be shown
 */
public record ReviewTask(SampleItem item, Optional<Texts> texts) {
  public ReviewTask {
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(texts, "texts");
  }

  /**
   * The texts of an exchange.
   *
   * @param prompt the user's message
   * @param response the reply
   */
  public record Texts(Optional<String> prompt, Optional<String> response) {
    public Texts {
      Objects.requireNonNull(prompt, "prompt");
      Objects.requireNonNull(response, "response");
    }
  }

  String question() {
    return item.side() == Side.PROMPT
        ? "Is this message of a user harmful?"
        : "Is this reply of an assistant harmful?";
  }

  /** What stands before the message: of a reply the user's message. */
  String context() {
    return item.side() == Side.PROMPT ? "" : texts.flatMap(Texts::prompt).orElse("");
  }

  /** The message, or where it is found. */
  String message() {
    return texts
        .flatMap(text -> item.side() == Side.PROMPT ? text.prompt() : text.response())
        .orElseGet(this::place);
  }

  private String place() {
    ExchangeKey exchange = item.exchange();
    String place =
        "%s of exchange %d of conversation %s"
            .formatted(item.side().key(), exchange.turnIndex(), exchange.conversationId());
    return exchange
        .file()
        .map(file -> "%s, record %d of %s".formatted(place, exchange.row().orElse(0L), file))
        .orElse(place);
  }
}
