package io.bingoguard.engine;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.prompt.PromptPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a prompt pack says of its categories, as the engine's face tells it. */
final class ModelCategories {
  private ModelCategories() {}

  /** All categories of a pack, in its order. */
  static List<LoadedModel.Category> of(PromptPack pack) {
    List<LoadedModel.Category> categories = new ArrayList<>();
    for (PackCategory known : pack.categories()) {
      Category category = known.category();
      categories.add(
          new LoadedModel.Category(
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
