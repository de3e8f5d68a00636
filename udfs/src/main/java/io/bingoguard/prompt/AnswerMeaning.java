package io.bingoguard.prompt;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Severity;
import java.util.Objects;

/** What a legal answer of the guard model says. */
public sealed interface AnswerMeaning {

  /** The text is not harmful. */
  record Harmless() implements AnswerMeaning {}

  /**
   * The text is harmful.
   *
   * @param category the category that the answer names
   */
  record Harmful(Category category) implements AnswerMeaning {
    public Harmful {
      Objects.requireNonNull(category, "category");
    }
  }

  /**
   * The reply has this severity.
   *
   * @param level 0 to 4
   */
  record Level(int level) implements AnswerMeaning {
    public Level {
      if (level < 0 || level >= Severity.LEVELS) {
        throw new IllegalArgumentException("severity level out of 0 to 4: " + level);
      }
    }
  }
}
