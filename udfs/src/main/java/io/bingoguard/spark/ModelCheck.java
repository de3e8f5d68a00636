package io.bingoguard.spark;

import io.bingoguard.model.ModelBundle;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.token.GuardTokenizer;
import java.util.Map;

/** Looks, before anything runs, for what would stop a model on every executor. */
public final class ModelCheck {
  private ModelCheck() {}

  /**
   * Prepares the model's questions as an executor does, without its weights.
   *
   * @param properties Spark's settings, of which those in {@link EngineProperties} count
   * @throws io.bingoguard.guard.GuardException when the tokenizer cannot be used, when pack and
   *     tokenizer do not go together, or when the questions alone exceed {@code maxTokens}
   */
  public static void run(ModelBundle bundle, Map<String, String> properties) {
    EngineSettings settings = EngineSettings.from(properties);
    try (GuardTokenizer tokenizer = GuardTokenizer.open(bundle.tokenizerFile())) {
      RequestFactory unused = new RequestFactory(bundle.pack(), tokenizer, settings.maxTokens());
    }
  }
}
