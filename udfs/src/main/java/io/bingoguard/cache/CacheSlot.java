package io.bingoguard.cache;

import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that the cache keeps for one model. What is asked here may change at any time unless
 * the caller holds the {@link #lock}.
 *
 * @param root the cache directory
 * @param key name of the copy: the model's name, and the beginning of its manifest's digest
 */
record CacheSlot(Path root, String key) {
  private static final int KEY_DIGITS = 16;
  private static final int MAX_NAME = 100;
  private static final Pattern FILE =
      Pattern.compile(
          "([A-Za-z0-9_][A-Za-z0-9._-]*-[0-9a-f]{16})(\\.(partial|journal|verified|lock|used))?");

  static CacheSlot of(Path root, String model, BundleManifest manifest) {
    String plain = model.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]", "_");
    String name =
        plain.isEmpty() ? "model" : plain.substring(0, Math.min(plain.length(), MAX_NAME));
    return new CacheSlot(root, name + "-" + manifest.sha256().substring(0, KEY_DIGITS));
  }

  /** The slot that a file of the cache directory belongs to, if to any. */
  static Optional<CacheSlot> holding(Path root, String file) {
    Matcher known = FILE.matcher(file);
    return known.matches() ? Optional.of(new CacheSlot(root, known.group(1))) : Optional.empty();
  }

  /** The whole, verified copy. */
  Path directory() {
    return root.resolve(key);
  }

  /** A copy that is being made. */
  Path partial() {
    return beside("partial");
  }

  /** Which parts of {@link #partial} are done. */
  Path journal() {
    return beside("journal");
  }

  /** What {@link #directory} was like when it was verified; its time is that of the last use. */
  Path verified() {
    return beside("verified");
  }

  /** {@link HostLock} of whoever copies, checks or removes. */
  Path lock() {
    return beside("lock");
  }

  /** {@link UseLocks} of those who use it. */
  Path used() {
    return beside("used");
  }

  void touch() throws IOException {
    Files.setLastModifiedTime(verified(), FileTime.from(Instant.now()));
  }

  /** When it was last used; the beginning of time if it never was. */
  FileTime lastUse() throws IOException {
    return Files.exists(verified())
        ? Files.getLastModifiedTime(verified())
        : FileTime.from(Instant.EPOCH);
  }

  /** Bytes that it takes, those that a copy under way is going to take included. */
  long bytes() throws IOException {
    return Math.max(
        PartialCopy.reserved(this), Folders.bytes(directory()) + Folders.bytes(partial()));
  }

  /** Removes all but the locks. */
  void delete() throws IOException {
    Folders.delete(verified());
    Folders.delete(directory());
    Folders.delete(journal());
    Folders.delete(partial());
  }

  private Path beside(String suffix) {
    return root.resolve(key + "." + suffix);
  }
}
