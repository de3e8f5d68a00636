package io.bingoguard.spark.rows;

import io.bingoguard.guard.Exchange;
import java.util.Objects;

/**
 * Texts that were changed before they are judged.
 *
 * @param exchange as it is judged
 * @param steps that changed it, in order, separated by commas
 */
public record PreparedTexts(Exchange exchange, String steps) {
  public PreparedTexts {
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(steps, "steps");
  }
}
