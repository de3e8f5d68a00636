package io.bingoguard.cli;

import io.bingoguard.model.DemoModel;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.spark.EngineVersion;
import io.bingoguard.spark.ModelCheck;
import io.bingoguard.spark.ModelDirectory;
import io.bingoguard.spark.RunStamp;
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
  /**
   * Opens the model's files, without weights, and reads each once for its digest.
   *
   * @param settings the engine's settings, which the model has to suit
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  static ModelChoice open(Optional<String> model, Map<String, String> settings) {
    Path directory = ModelDirectory.of(model).toAbsolutePath().normalize();
    ModelBundle bundle = ModelBundle.open(directory);
    ModelCheck.run(bundle, settings);
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

  boolean demo() {
    return path.isEmpty();
  }
}
