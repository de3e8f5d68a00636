package io.bingoguard.cli;

import io.bingoguard.cache.BundleFile;
import io.bingoguard.cache.BundleManifest;
import io.bingoguard.cache.LocalModel;
import io.bingoguard.cache.ModelCache;
import io.bingoguard.guard.GuardErrors;
import io.bingoguard.model.DemoModel;
import io.bingoguard.model.FileDigests;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.spark.CacheProperties;
import io.bingoguard.spark.EngineSettings;
import io.bingoguard.spark.EngineVersion;
import io.bingoguard.spark.RunStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * The model a command works with.
 *
 * @param path its path for the executors; empty for the bundled demo model
 * @param stamp a new run with this model
 */
record ModelChoice(String path, RunStamp stamp) {
  boolean demo() {
    return path.isEmpty();
  }

  /**
   * Looks at a model on the driver, so that what would make every executor fail is found here. Of a
   * local model every file is read once for its digest; of another only what is not weights, since
   * executors check those against the manifest.
   *
   * @param model its path; absent for the bundled demo model
   * @param settings settings with full keys
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  static ModelChoice open(
      Optional<String> model, Map<String, String> settings, Configuration hadoop) {
    int maxTokens = EngineSettings.from(settings).maxTokens();
    if (model.isEmpty()) {
      ModelBundle demo = ModelBundle.open(DemoModel.directory());
      RequestFactory.refuseUnfit(demo.directory(), demo.pack(), maxTokens);
      return of("", DemoModel.ID, demo.revision(), demo.pack());
    }
    ModelCache cache = new ModelCache(CacheProperties.read(settings), hadoop);
    try (LocalModel files = cache.small(model.get())) {
      String revision;
      PromptPack pack;
      if (files.origin() == LocalModel.Origin.IN_PLACE) {
        ModelBundle bundle = ModelBundle.open(files.directory());
        pack = bundle.pack();
        revision = bundle.revision();
        refuseTampered(files, revision);
      } else {
        pack = PromptPack.read(files.directory().resolve(PromptPack.FILE_NAME));
        revision = files.manifest().orElseThrow().modelRevision();
      }
      RequestFactory.refuseUnfit(files.directory(), pack, maxTokens);
      return of(model.get(), name(model.get()), revision, pack);
    }
  }

  private static ModelChoice of(String path, String id, String revision, PromptPack pack) {
    return new ModelChoice(
        path,
        new RunStamp(
            UUID.randomUUID().toString(),
            id,
            revision,
            pack.id().toString(),
            EngineVersion.current()));
  }

  private static String name(String path) {
    return new org.apache.hadoop.fs.Path(path).getName();
  }

  private static void refuseTampered(LocalModel files, String revision) {
    Optional<BundleManifest> manifest = files.manifest();
    if (manifest.isEmpty() || manifest.get().modelRevision().equals(revision)) {
      return;
    }
    for (BundleFile file : manifest.get().files()) {
      Path path = files.directory().resolve(file.name());
      try {
        String digest = FileDigests.sha256(path);
        if (!digest.equals(file.sha256())) {
          throw GuardErrors.modelFileTampered(
              path.toString(), "SHA-256 " + digest, "SHA-256 " + file.sha256());
        }
      } catch (IOException e) {
        throw GuardErrors.modelFileUnreadable(path, e);
      }
    }
  }
}
