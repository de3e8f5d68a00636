package io.bingoguard.cache;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for a copy by removing models that nobody uses, least recently used first. The caller
 * holds the cache's lock, so that two copies do not count on the same room.
 */
final class CacheSpace {
  private static final Logger LOG = LoggerFactory.getLogger(CacheSpace.class);

  private record Other(CacheSlot slot, long bytes, FileTime lastUse) {}

  private final CacheDirectory cache;
  private final long maxBytes;

  CacheSpace(CacheDirectory cache, long maxBytes) {
    this.cache = cache;
    this.maxBytes = maxBytes;
  }

  /**
   * Refuses a model that would not fit into an empty cache.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_CACHE_FULL}
   */
  void refuseTooLarge(String model, long total) {
    if (total > maxBytes) {
      throw CacheErrors.cacheTooSmall(model, total, 0, maxBytes);
    }
  }

  /**
   * Removes other models until a model fits.
   *
   * @param slot the model's, whose lock the caller holds too
   * @param model what to call it in an error
   * @param total bytes of the whole model
   * @param missing bytes of it that are not on the disk yet
   * @throws io.bingoguard.guard.GuardException {@code MODEL_CACHE_FULL}
   */
  void makeRoom(CacheSlot slot, String model, long total, long missing) throws IOException {
    Deque<Other> others = new ArrayDeque<>(others(slot));
    long occupied = others.stream().mapToLong(Other::bytes).sum();
    while (occupied > maxBytes - total || cache.usableBytes() < missing) {
      if (others.isEmpty()) {
        throw occupied > maxBytes - total
            ? CacheErrors.cacheTooSmall(model, total, occupied, maxBytes)
            : CacheErrors.cacheDiskFull(model, missing, cache.usableBytes(), cache.root());
      }
      Other other = others.removeFirst();
      if (removeIfUnused(other.slot())) {
        occupied -= other.bytes();
        LOG.info("Removed {} ({} bytes) to make room", other.slot().key(), other.bytes());
      }
    }
  }

  private List<Other> others(CacheSlot slot) throws IOException {
    List<Other> others = new ArrayList<>();
    for (CacheSlot each : cache.slots()) {
      long bytes = each.equals(slot) ? 0 : each.bytes();
      if (bytes > 0) {
        others.add(new Other(each, bytes, each.lastUse()));
      }
    }
    others.sort(Comparator.comparing(Other::lastUse));
    return others;
  }

  private static boolean removeIfUnused(CacheSlot slot) throws IOException {
    return HostLock.holdIfFree(
            slot.lock(),
            () -> {
              boolean free = UseLocks.isFree(slot.used());
              if (free) {
                slot.delete();
              }
              return free;
            })
        .orElse(false);
  }
}
