package io.bingoguard.prompt;

import io.bingoguard.guard.GuardTask;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A place in a template that is filled in: {@code {prompt}} and so on. */
public enum Slot {
  /** The user's message. */
  PROMPT,
  /** The assistant's reply. */
  RESPONSE,
  /** Name of the category whose severity is asked for. */
  CATEGORY,
  /** Rubric of that category. */
  RUBRIC;

  /** Name between the braces: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the text comes from the conversation, and so must not be trusted. */
  public boolean conversation() {
    return this == PROMPT || this == RESPONSE;
  }

  /** The slots that a template of the task may have. */
  static Set<Slot> allowedIn(GuardTask task) {
    return switch (task) {
      case PROMPT -> EnumSet.of(PROMPT);
      case RESPONSE -> EnumSet.of(PROMPT, RESPONSE);
      case SEVERITY -> EnumSet.allOf(Slot.class);
    };
  }

  /** The slot without which a template of the task would judge nothing. */
  static Slot judgedBy(GuardTask task) {
    return task == GuardTask.PROMPT ? PROMPT : RESPONSE;
  }
}
