package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what is missing of one model into the cache. The caller holds the slot's lock. */
final class CacheFill {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFill.class);

  private final CacheSettings settings;
  private final CacheDirectory cache;
  private final CacheSlot slot;
  private final long rangeBytes;

  CacheFill(CacheSettings settings, CacheDirectory cache, CacheSlot slot, long rangeBytes) {
    this.settings = settings;
    this.cache = cache;
    this.slot = slot;
    this.rangeBytes = rangeBytes;
  }

  /**
   * Makes room, copies, verifies and takes over.
   *
   * @return bytes that were copied
   */
  long copy(ModelSource source, CachedModel cached, List<BundleFile> missing) throws IOException {
    for (BundleFile file : missing) {
      source.checkSize(file);
    }
    new CacheSpace(cache, settings.maxBytes())
        .refuseTooLarge(source.toString(), cached.manifest().totalBytes());
    try (PartialCopy partial =
        HostLock.hold(
            cache.lock(),
            holder -> LOG.info("Waiting for {}, which makes room in the cache", holder),
            () -> reserve(source, cached.manifest(), missing))) {
      LOG.info("Copying {} files of {} to {}", missing.size(), source, slot.directory());
      BundleCopy copy = new BundleCopy(source, partial, settings.copyThreads());
      Map<String, FileStamp> stamps = copy.copy(missing);
      if (!cached.exists()) {
        checkRevision(source, cached.manifest(), partial);
      }
      cached.complete(partial, stamps);
      LOG.info("Copied {} bytes of {}", copy.copiedBytes(), source);
      return copy.copiedBytes();
    }
  }

  private PartialCopy reserve(ModelSource source, BundleManifest manifest, List<BundleFile> missing)
      throws IOException {
    PartialCopy partial = PartialCopy.open(slot, manifest, rangeBytes);
    try {
      long bytes = 0;
      for (BundleFile file : missing) {
        bytes += file.size() - partial.finishedBytes(file);
      }
      new CacheSpace(cache, settings.maxBytes())
          .makeRoom(slot, source.toString(), manifest.totalBytes(), bytes);
      return partial;
    } catch (IOException | GuardException e) {
      partial.discard();
      throw e;
    }
  }

  /** With files that have the manifest's digests, this says what reading them all would say. */
  private static void checkRevision(
      ModelSource source, BundleManifest manifest, PartialCopy partial) throws IOException {
    try {
      manifest.checkRevision(source.manifestName(), partial.folder());
    } catch (GuardException e) {
      partial.discard();
      throw e;
    }
  }
}
