package io.bingoguard.engine;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.prompt.PromptPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model's prompt pack says of a category.
 *
 * @param order place in the pack, from 1
 * @param code short code, as in the labels
 * @param name readable name
 * @param description what each severity level means in it; absent where the pack has no such text
 * @param ofPrompts whether a user's message can be given it
 * @param ofResponses whether a reply can be given it
 */
public record ModelCategory(
    int order,
    String code,
    String name,
    Optional<String> description,
    boolean ofPrompts,
    boolean ofResponses) {
  public ModelCategory {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    if (order < 1) {
      throw new IllegalArgumentException("places are counted from 1, not " + order);
    }
  }

  /** All categories of a pack, in its order. */
  static List<ModelCategory> of(PromptPack pack) {
    List<ModelCategory> categories = new ArrayList<>();
    for (PackCategory known : pack.categories()) {
      Category category = known.category();
      categories.add(
          new ModelCategory(
              categories.size() + 1,
              category.code(),
              category.name(),
              Optional.of(known.rubric()).filter(text -> !text.isBlank()),
              named(pack, GuardTask.PROMPT, category),
              named(pack, GuardTask.RESPONSE, category)));
    }
    return List.copyOf(categories);
  }

  private static boolean named(PromptPack pack, GuardTask task, Category category) {
    AnswerMeaning meaning = new AnswerMeaning.Harmful(category);
    return pack.tasks().get(task).answers().stream()
        .anyMatch(answer -> answer.meaning().equals(meaning));
  }
}
