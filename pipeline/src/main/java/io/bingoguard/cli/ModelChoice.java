package io.bingoguard.cli;

import io.bingoguard.model.DemoModel;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.spark.EngineSettings;
import io.bingoguard.spark.EngineVersion;
import io.bingoguard.spark.ModelDirectory;
import io.bingoguard.spark.RunStamp;
import io.bingoguard.token.GuardTokenizer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The model a command works with.
 *
 * @param path its directory for the executors; empty for the bundled demo model
 * @param stamp a new run with this model
 */
record ModelChoice(String path, RunStamp stamp) {
  boolean demo() {
    return path.isEmpty();
  }

  /**
   * Opens the model's files, without weights, and reads each once for its digest. What would make
   * every executor fail is found here.
   *
   * @param model its path; absent for the bundled demo model
   * @param settings settings with full keys
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  static ModelChoice open(Optional<String> model, Map<String, String> settings) {
    int maxTokens = EngineSettings.from(settings).maxTokens();
    Path directory = ModelDirectory.of(model).toAbsolutePath().normalize();
    ModelBundle bundle = ModelBundle.open(directory);
    try (GuardTokenizer tokenizer = GuardTokenizer.open(bundle.tokenizerFile())) {
      // Throws what the executors' own would throw.
      new RequestFactory(bundle.pack(), tokenizer, maxTokens);
    }
    String id = model.isEmpty() ? DemoModel.ID : directory.getFileName().toString();
    RunStamp stamp =
        new RunStamp(
            UUID.randomUUID().toString(),
            id,
            bundle.revision(),
            bundle.pack().id().toString(),
            EngineVersion.current());
    return new ModelChoice(model.isEmpty() ? "" : directory.toString(), stamp);
  }
}
