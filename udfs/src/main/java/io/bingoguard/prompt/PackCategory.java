package io.bingoguard.prompt;

import io.bingoguard.guard.Category;
import java.util.Objects;

/**
 * A category with what the severity prompt says of it.
 *
 * @param category code and name
 * @param severityName the name as the severity prompt spells it
 * @param rubric what each severity level means in this category; may be empty when the severity
 *     template has no rubric slot
 */
public record PackCategory(Category category, String severityName, String rubric) {
  public PackCategory {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(severityName, "severityName");
    Objects.requireNonNull(rubric, "rubric");
  }
}
