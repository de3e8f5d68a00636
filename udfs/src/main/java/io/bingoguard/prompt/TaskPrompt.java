package io.bingoguard.prompt;

import java.util.List;
import java.util.Objects;

/**
 * How one task is put to the model.
 *
 * @param template the prompt
 * @param answers every legal answer, in the pack's order
 */
public record TaskPrompt(Template template, List<Answer> answers) {
  public TaskPrompt {
    Objects.requireNonNull(template, "template");
    answers = List.copyOf(Objects.requireNonNull(answers, "answers"));
  }
}
