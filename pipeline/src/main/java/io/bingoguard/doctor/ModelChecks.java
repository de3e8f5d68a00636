package io.bingoguard.doctor;

import io.bingoguard.cache.LocalModel;
import io.bingoguard.cache.ModelCache;
import io.bingoguard.model.DemoModel;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.RequestFactory;
import java.nio.file.Files;
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

  ModelChecks {
    checks = List.copyOf(checks);
  }

  /**
   * Looks at a model without running it: tokenizer and prompt pack go together, the files are as
   * the manifest says. Weights on another file system are left to the executors, which copy them.
   *
   * @param model the model's path; absent for the demo model, which has no manifest
   * @param maxTokens longest request that is going to be made
   */
  static ModelChecks of(Optional<String> model, int maxTokens, ModelCache cache) {
    if (model.isEmpty()) {
      return opened(DemoModel.ID + " (demo)", DemoModel.directory(), maxTokens, List.of());
    }
    try {
      Optional<Path> local = cache.local(model.get());
      return local.isPresent()
          ? opened(model.get(), local.get(), maxTokens, files(local.get()))
          : elsewhere(model.get(), maxTokens, cache);
    } catch (RuntimeException | LinkageError e) {
      return new ModelChecks(List.of(Check.failed(NAME, e)), Optional.empty());
    }
  }

  private static List<Check> files(Path directory) {
    return Files.isDirectory(directory)
        ? Check.guarded("model files", () -> BundleFiles.compare(directory))
        : List.of();
  }

  private static ModelChecks elsewhere(String model, int maxTokens, ModelCache cache) {
    try (LocalModel files = cache.small(model)) {
      PromptPack pack = PromptPack.read(files.directory().resolve(PromptPack.FILE_NAME));
      RequestFactory.refuseUnfit(files.directory(), pack, maxTokens);
      String seen = "%s, prompts %s; weights are checked where they are copied to";
      return new ModelChecks(
          List.of(Check.ok(NAME, seen.formatted(model, pack.id()))), Optional.empty());
    }
  }

  private static ModelChecks opened(String name, Path directory, int maxTokens, List<Check> files) {
    List<Check> checks = new ArrayList<>();
    Optional<ModelBundle> bundle = Optional.empty();
    try {
      ModelBundle opened = ModelBundle.open(directory);
      RequestFactory.refuseUnfit(directory, opened.pack(), maxTokens);
      bundle = Optional.of(opened);
      checks.add(Check.ok(NAME, "%s, prompts %s".formatted(name, opened.pack().id())));
    } catch (RuntimeException | LinkageError e) {
      checks.add(Check.failed(NAME, e));
    }
    checks.addAll(files);
    return new ModelChecks(checks, bundle);
  }
}
