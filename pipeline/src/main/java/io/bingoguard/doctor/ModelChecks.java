package io.bingoguard.doctor;

import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.spark.settings.GuardSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Whether a model can be used.
 *
 * @param checks what was found
 * @param opens whether it can be opened on this host
 */
record ModelChecks(List<Check> checks, boolean opens) {
  private static final String NAME = "model";
  private static final String FILES = "model files";
  private static final String REMEDY = "compare config.json with the model's original one";

  ModelChecks {
    checks = List.copyOf(checks);
  }

  /**
   * Looks at a model without running it: tokenizer and prompt pack go together, the files are as
   * the manifest says. Weights on another file system are left to the executors, which copy them.
   */
  static ModelChecks of(ModelRef model, GuardSettings settings, Configuration hadoop) {
    List<Check> checks = new ArrayList<>();
    boolean here = !(model instanceof ModelRef.Remote);
    boolean opens = false;
    try {
      String pack =
          LoadedModel.check(model, settings.engine(), settings.modelCache(hadoop)).id().toString();
      opens = here;
      String elsewhere = here ? "" : "; weights are checked where they are copied to";
      checks.add(Check.ok(NAME, "%s, prompts %s%s".formatted(model, pack, elsewhere)));
      LoadedModel.warnings(model, settings.engine(), settings.modelCache(hadoop))
          .forEach(warning -> checks.add(Check.warning(NAME, warning, REMEDY)));
    } catch (RuntimeException | LinkageError e) {
      checks.add(Check.failed(NAME, e));
    }
    if (model instanceof ModelRef.Local local && Files.isDirectory(Path.of(local.directory()))) {
      checks.addAll(Check.guarded(FILES, () -> files(Path.of(local.directory()))));
    }
    return new ModelChecks(checks, opens);
  }

  /** Reads every file once; one check for each that is not as it was. */
  private static List<Check> files(Path directory) {
    try {
      Optional<BundleManifest> manifest = BundleManifest.read(directory);
      if (manifest.isEmpty()) {
        return List.of(
            Check.warning(
                FILES,
                "no " + BundleManifest.FILE_NAME + " to compare them with",
                "make the directory with the command bundle, which writes one"));
      }
      List<Check> wrong =
          manifest.get().differences(directory, true).stream()
              .map(difference -> Check.failed(FILES, difference))
              .toList();
      String seen = "%d files as in %s, by size and SHA-256";
      int count = manifest.get().files().size();
      return wrong.isEmpty()
          ? List.of(Check.ok(FILES, seen.formatted(count, BundleManifest.FILE_NAME)))
          : wrong;
    } catch (IOException e) {
      return List.of(
          Check.failed(
              FILES, "cannot be compared: " + e, "copy the model again from where it came from"));
    }
  }
}
