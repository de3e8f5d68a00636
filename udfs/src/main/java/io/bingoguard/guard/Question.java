package io.bingoguard.guard;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One question to the guard model.
 *
 * @param task what is asked
 * @param category for the severity task, and only there, the category whose rubric is put
 * @param exchange the texts; a missing side is put as empty text
 */
public record Question(GuardTask task, Optional<Category> category, Exchange exchange) {
  public Question {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(exchange, "exchange");
    if (category.isPresent() != (task == GuardTask.SEVERITY)) {
      throw new IllegalArgumentException("task " + task.key() + " with category " + category);
    }
  }

  /** The question of a binary task. */
  public static Question binary(GuardTask task, Exchange exchange) {
    return new Question(task, Optional.empty(), exchange);
  }

  /** How severe the reply is within a category. */
  public static Question severity(Category category, Exchange exchange) {
    return new Question(GuardTask.SEVERITY, Optional.of(category), exchange);
  }

  /** The questions of the binary tasks for the sides of an exchange that have text. */
  public static List<Question> binary(Exchange exchange) {
    return Stream.of(GuardTask.PROMPT, GuardTask.RESPONSE)
        .filter(task -> task.judged(exchange).filter(text -> !SlotText.isBlank(text)).isPresent())
        .map(task -> binary(task, exchange))
        .toList();
  }
}
