package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.DemoModel;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.cache.LocalModel.Origin;
import io.bingoguard.files.Folders;
import io.bingoguard.files.ProcessFolder;
import io.bingoguard.guard.GuardException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings models to this host, each once: whoever asks while another copies waits for that copy, be
 * it in this JVM or another of the same user.
 */
public final class ModelCache {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);
  private static final long RANGE_BYTES = 64L << 20;

  private final CacheSettings settings;
  private final Configuration hadoop;
  private final long rangeBytes;

  /**
   * A cache; nothing is made or read yet.
   *
   * @param hadoop file systems and how to reach them
   */
  public ModelCache(CacheSettings settings, Configuration hadoop) {
    this(settings, hadoop, RANGE_BYTES);
  }

  /** A cache that copies, and remembers as copied, so many bytes at a time. */
  ModelCache(CacheSettings settings, Configuration hadoop, long rangeBytes) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.rangeBytes = rangeBytes;
  }

  /**
   * A model on this host, whole and checked. One on a local file system is used in place, and if it
   * has a manifest, its files must have the sizes that this gives. Any other must have a manifest.
   *
   * @throws GuardException {@code MODEL_UNREACHABLE}, {@code MODEL_DIRECTORY_MISSING}, {@code
   *     MODEL_MANIFEST_MISSING}, {@code MODEL_MANIFEST_INVALID}, {@code MODEL_FILE_MISSING}, {@code
   *     MODEL_FILE_TAMPERED}, {@code MODEL_NOT_COPIED}, {@code MODEL_CACHE_FULL}, {@code
   *     MODEL_CACHE_UNSAFE}, {@code MODEL_CACHE_UNUSABLE}
   */
  public LocalModel fetch(ModelRef model) {
    if (!(model instanceof ModelRef.Remote remote)) {
      return here(model);
    }
    ModelSource source = ModelSource.of(remote, hadoop);
    BundleManifest manifest = source.manifest();
    CacheDirectory cache = CacheDirectory.open(settings.directory());
    CacheSlot slot = cache.slot(source.name(), manifest);
    CacheFill fill = new CacheFill(settings, cache, slot, rangeBytes);
    try {
      return HostLock.hold(
          slot.lock(),
          holder -> LOG.info("Waiting for {}, which copies or checks {}", holder, slot.key()),
          () -> cached(source, manifest, slot, fill));
    } catch (IOException e) {
      throw CacheErrors.modelNotCopied(source.toString(), cache.root(), e);
    }
  }

  /**
   * A model without its weights, for a driver that has to know a model but not to run it: in a
   * temporary directory, removed on closing, with digests checked. Its revision is that of the
   * manifest. A model on a local file system is used in place, as by {@link #fetch}.
   *
   * @throws GuardException as {@link #fetch}, but for the cache
   */
  public LocalModel small(ModelRef model) {
    if (!(model instanceof ModelRef.Remote remote)) {
      return here(model);
    }
    ModelSource source = ModelSource.of(remote, hadoop);
    BundleManifest manifest = source.manifest();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path directory = ProcessFolder.newFolder("model");
      try {
        SmallCopy copy = new SmallCopy(source, manifest);
        copy.copyTo(directory);
        return new LocalModel(
            directory,
            Optional.of(manifest),
            Origin.COPIED,
            copy.copiedBytes(),
            () -> Folders.delete(directory));
      } catch (IOException | GuardException e) {
        Folders.delete(directory);
        throw e;
      }
    } catch (IOException e) {
      throw CacheErrors.modelNotCopied(source.toString(), temporary, e);
    }
  }

  private static LocalModel here(ModelRef model) {
    if (model instanceof ModelRef.Local local) {
      return inPlace(Path.of(local.directory()));
    }
    return new LocalModel(DemoModel.directory(), Optional.empty(), Origin.DEMO, 0, () -> {});
  }

  private static LocalModel inPlace(Path directory) {
    try {
      Optional<BundleManifest> manifest = BundleManifest.read(directory);
      List<GuardException> wrong =
          manifest.map(listed -> listed.differences(directory, false)).orElse(List.of());
      if (!wrong.isEmpty()) {
        throw wrong.get(0);
      }
      return new LocalModel(directory, manifest, Origin.IN_PLACE, 0, () -> {});
    } catch (IOException e) {
      throw CacheErrors.modelUnreachable(directory.toString(), e);
    }
  }

  private LocalModel cached(
      ModelSource source, BundleManifest manifest, CacheSlot slot, CacheFill fill)
      throws IOException {
    CachedModel cached = new CachedModel(slot, manifest);
    List<BundleFile> missing = cached.missing();
    long copied = missing.isEmpty() ? 0 : fill.copy(source, cached, missing);
    slot.touch();
    Closeable use = UseLocks.share(slot.used());
    Origin origin = missing.isEmpty() ? Origin.FOUND : Origin.COPIED;
    return new LocalModel(slot.directory(), Optional.of(manifest), origin, copied, use);
  }
}
