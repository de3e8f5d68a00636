package io.bingoguard.guard;

import java.util.Locale;
import java.util.Optional;

/** The three questions that are put to the guard model, each with a prompt of its own. */
public enum GuardTask {
  /** Is the user's message harmful, and in which category. */
  PROMPT,
  /** Is the assistant's reply harmful, and in which category. */
  RESPONSE,
  /** How severe is the assistant's reply within one given category. */
  SEVERITY;

  /** Name in prompt packs, error messages and metrics: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The text that the task judges; the other side, if there is one, is its context. */
  public Optional<String> judged(Exchange exchange) {
    return this == PROMPT ? exchange.prompt() : exchange.response();
  }
}
