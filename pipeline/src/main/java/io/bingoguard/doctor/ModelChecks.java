package io.bingoguard.doctor;

import io.bingoguard.model.DemoModel;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.spark.ModelDirectory;
import io.bingoguard.token.GuardTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a model directory can be used.
 *
 * @param checks what was found
 * @param bundle the model, if it opens
 */
record ModelChecks(List<Check> checks, Optional<ModelBundle> bundle) {
  private static final String NAME = "model";

  /**
   * Opens a model without its weights, puts tokenizer and prompt pack together, and compares the
   * files with the manifest.
   *
   * @param model the model directory; absent for the demo model, which has no manifest
   * @param maxTokens longest request that is going to be made
   */
  static ModelChecks of(Optional<String> model, int maxTokens) {
    List<Check> checks = new ArrayList<>();
    Optional<ModelBundle> bundle = Optional.empty();
    try {
      Path directory = ModelDirectory.of(model);
      ModelBundle opened = ModelBundle.open(directory);
      try (GuardTokenizer tokenizer = GuardTokenizer.open(opened.tokenizerFile())) {
        // Throws what the executors' own would throw.
        new RequestFactory(opened.pack(), tokenizer, maxTokens);
      }
      bundle = Optional.of(opened);
      checks.add(
          Check.ok(
              NAME,
              "%s, prompts %s"
                  .formatted(model.orElse(DemoModel.ID + " (demo)"), opened.pack().id())));
    } catch (RuntimeException | LinkageError e) {
      checks.add(Check.failed(NAME, e));
    }
    if (model.isPresent()) {
      checks.addAll(Check.guarded("model files", () -> files(model)));
    }
    return new ModelChecks(List.copyOf(checks), bundle);
  }

  private static List<Check> files(Optional<String> model) {
    Path directory = ModelDirectory.of(model);
    return directory.toFile().isDirectory() ? BundleFiles.compare(directory) : List.of();
  }
}
