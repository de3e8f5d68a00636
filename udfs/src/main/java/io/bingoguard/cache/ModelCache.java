package io.bingoguard.cache;

import io.bingoguard.cache.LocalModel.Effort;
import io.bingoguard.cache.LocalModel.Origin;
import io.bingoguard.guard.GuardErrors;
import io.bingoguard.guard.GuardException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
   * @param model path of a model directory, on any file system of Hadoop's
   * @throws GuardException {@code MODEL_UNREACHABLE}, {@code MODEL_DIRECTORY_MISSING}, {@code
   *     MODEL_MANIFEST_MISSING}, {@code MODEL_MANIFEST_INVALID}, {@code MODEL_FILE_MISSING}, {@code
   *     MODEL_FILE_TAMPERED}, {@code MODEL_NOT_COPIED}, {@code MODEL_CACHE_FULL}, {@code
   *     MODEL_CACHE_UNSAFE}, {@code MODEL_CACHE_UNUSABLE}
   */
  public LocalModel fetch(String model) {
    long began = System.nanoTime();
    ModelSource source = ModelSource.of(model, hadoop);
    if (source.local().isPresent()) {
      return inPlace(source.local().get(), began);
    }
    BundleManifest manifest = source.manifest();
    CacheDirectory cache = CacheDirectory.open(settings.directory());
    CacheSlot slot = cache.slot(source.name(), manifest);
    CacheFill fill = new CacheFill(settings, cache, slot, rangeBytes);
    try {
      return HostLock.hold(
          slot.lock(),
          holder -> LOG.info("Waiting for {}, which copies or checks {}", holder, slot.key()),
          () -> cached(source, manifest, slot, fill, began));
    } catch (IOException e) {
      throw GuardErrors.modelNotCopied(source.toString(), cache.root(), e);
    }
  }

  /** The directory of a model that is used in place, whether or not it exists. */
  public Optional<Path> local(String model) {
    return ModelSource.of(model, hadoop).local();
  }

  /**
   * A model without its weights, for a driver that has to know a model but not to run it: in a
   * temporary directory, removed on closing, with digests checked. Its revision is that of the
   * manifest. A model on a local file system is used in place, as by {@link #fetch}.
   *
   * @throws GuardException as {@link #fetch}, but for the cache
   */
  public LocalModel small(String model) {
    long began = System.nanoTime();
    ModelSource source = ModelSource.of(model, hadoop);
    if (source.local().isPresent()) {
      return inPlace(source.local().get(), began);
    }
    BundleManifest manifest = source.manifest();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path directory = Files.createTempDirectory("bingoguard-model-");
      try {
        SmallCopy copy = new SmallCopy(source, manifest);
        copy.copyTo(directory);
        return new LocalModel(
            directory,
            Optional.of(manifest),
            new Effort(Origin.COPIED, copy.copiedBytes(), seconds(began)),
            () -> Folders.delete(directory));
      } catch (IOException | GuardException e) {
        Folders.delete(directory);
        throw e;
      }
    } catch (IOException e) {
      throw GuardErrors.modelNotCopied(source.toString(), temporary, e);
    }
  }

  private static LocalModel inPlace(Path directory, long began) {
    if (!Files.isDirectory(directory)) {
      throw GuardErrors.modelDirectoryMissing(directory);
    }
    try {
      Optional<BundleManifest> manifest = BundleManifest.read(directory);
      for (BundleFile file : manifest.map(BundleManifest::files).orElse(List.of())) {
        Path path = directory.resolve(file.name());
        if (!Files.isRegularFile(path)) {
          throw GuardErrors.modelFileMissing(directory, file.name());
        }
        if (Files.size(path) != file.size()) {
          throw GuardErrors.modelFileTampered(
              path.toString(), Files.size(path) + " bytes", file.size() + " bytes");
        }
      }
      Effort effort = new Effort(Origin.IN_PLACE, 0, seconds(began));
      return new LocalModel(directory, manifest, effort, () -> {});
    } catch (IOException e) {
      throw GuardErrors.modelFileUnreadable(directory, e);
    }
  }

  private LocalModel cached(
      ModelSource source, BundleManifest manifest, CacheSlot slot, CacheFill fill, long began)
      throws IOException {
    CachedModel cached = new CachedModel(slot, manifest);
    List<BundleFile> missing = cached.missing();
    long copied = missing.isEmpty() ? 0 : fill.copy(source, cached, missing);
    slot.touch();
    Closeable use = UseLocks.share(slot.used());
    Origin origin = missing.isEmpty() ? Origin.FOUND : Origin.COPIED;
    return new LocalModel(
        slot.directory(), Optional.of(manifest), new Effort(origin, copied, seconds(began)), use);
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
