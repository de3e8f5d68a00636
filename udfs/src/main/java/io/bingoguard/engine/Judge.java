package io.bingoguard.engine;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.Cascade;
import io.bingoguard.score.EngineStoppedException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges exchanges on a shared device: the way to labels for everything that has texts. Safe for
 * use by several threads.
 */
public final class Judge {
  private final Cascade cascade;
  private final PromptPack pack;
  private final EngineSettings settings;

  Judge(Cascade cascade, PromptPack pack, EngineSettings settings) {
    this.cascade = cascade;
    this.pack = pack;
    this.settings = settings;
  }

  /**
   * Judges lazily and in order. Some batches are always ahead, so that the device has work while
   * the caller reads and tokenizes.
   *
   * @param subjects what the exchanges are taken from, read as far as the batches ahead need
   * @param exchange the exchange of a subject; absent for one that is not to be judged
   */
  public <T> Judgements<T> judge(
      Iterator<T> subjects, Function<? super T, Optional<Exchange>> exchange) {
    return new Judgements<>(subjects, exchange, cascade, settings);
  }

  /** Judges exchanges and waits for the labels, one an exchange in order. */
  List<SafetyLabel> judge(List<Exchange> exchanges) throws InterruptedException {
    return cascade.judge(exchanges);
  }

  /**
   * Grades replies within given categories, whatever the model would say of them.
   *
   * @return the severities in order; absent where the answer is off format
   * @throws io.bingoguard.guard.GuardException the first failure of a request
   */
  public List<Optional<Severity>> grade(List<Question> questions) {
    try {
      return cascade.grade(questions);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * The category of the model's prompt pack that has a code.
   *
   * @throws io.bingoguard.guard.GuardException CATEGORY_UNKNOWN
   */
  public Category category(String code) {
    return pack.category(code).orElseThrow(() -> EngineErrors.categoryUnknown(code));
  }

  static EngineStoppedException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new EngineStoppedException("the task was interrupted", cause);
  }
}
