package io.bingoguard.doctor;

import io.bingoguard.cache.LocalModel;
import io.bingoguard.cache.ModelCache;
import io.bingoguard.guard.GuardException;
import io.bingoguard.model.DemoModel;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.spark.CacheProperties;
import io.bingoguard.spark.EngineSettings;
import io.bingoguard.token.GuardTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

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
   * @param settings settings with full keys
   */
  static ModelChecks of(
      Optional<String> model, Map<String, String> settings, Configuration hadoop) {
    int maxTokens = EngineSettings.from(settings).maxTokens();
    if (model.isEmpty()) {
      return opened(DemoModel.ID + " (demo)", DemoModel.directory(), maxTokens, List.of());
    }
    try {
      ModelCache cache = new ModelCache(CacheProperties.read(settings), hadoop);
      try (LocalModel files = cache.small(model.get())) {
        if (files.origin() == LocalModel.Origin.IN_PLACE) {
          return opened(
              model.get(),
              files.directory(),
              maxTokens,
              Check.guarded("model files", () -> BundleFiles.compare(files.directory())));
        }
        PromptPack pack = PromptPack.read(files.directory().resolve(PromptPack.FILE_NAME));
        refuseUnfit(files.directory(), pack, maxTokens);
        return new ModelChecks(
            List.of(
                Check.ok(
                    NAME,
                    "%s, prompts %s; weights are checked where they are copied to"
                        .formatted(model.get(), pack.id()))),
            Optional.empty());
      }
    } catch (GuardException e) {
      return new ModelChecks(List.of(Check.failed(NAME, e)), Optional.empty());
    }
  }

  private static ModelChecks opened(String name, Path directory, int maxTokens, List<Check> files) {
    List<Check> checks = new ArrayList<>();
    Optional<ModelBundle> bundle = Optional.empty();
    try {
      ModelBundle opened = ModelBundle.open(directory);
      refuseUnfit(directory, opened.pack(), maxTokens);
      bundle = Optional.of(opened);
      checks.add(Check.ok(NAME, "%s, prompts %s".formatted(name, opened.pack().id())));
    } catch (RuntimeException | LinkageError e) {
      checks.add(Check.failed(NAME, e));
    }
    checks.addAll(files);
    return new ModelChecks(checks, bundle);
  }

  /** Throws what the executors' own would throw. */
  private static void refuseUnfit(Path directory, PromptPack pack, int maxTokens) {
    try (GuardTokenizer tokenizer =
        GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME))) {
      new RequestFactory(pack, tokenizer, maxTokens);
    }
  }
}
