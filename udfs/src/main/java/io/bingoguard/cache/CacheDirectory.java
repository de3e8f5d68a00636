package io.bingoguard.cache;

import io.bingoguard.bundle.BundleManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory with all copies of a host's user. It may lie in a folder that everybody can write,
 * so it is only used if nobody else could have put anything into it.
 *
 * @param root real path
 */
record CacheDirectory(Path root) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /**
   * Makes the directory if it is missing, and checks it.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_CACHE_UNSAFE} if others can write it,
   *     {@code MODEL_CACHE_UNUSABLE} if this user cannot
   */
  static CacheDirectory open(Path path) {
    try {
      create(path);
      refuseForeign(path);
      return new CacheDirectory(path.toRealPath());
    } catch (IOException e) {
      throw CacheErrors.cacheUnusable(path, e);
    }
  }

  /** Where a model's copy is or would be. */
  CacheSlot slot(String model, BundleManifest manifest) {
    return CacheSlot.of(root, model, manifest);
  }

  /** Every slot that anything was ever put into. */
  List<CacheSlot> slots() throws IOException {
    try (Stream<Path> there = Files.list(root)) {
      return there
          .map(file -> CacheSlot.holding(root, file.getFileName().toString()))
          .flatMap(Optional::stream)
          .distinct()
          .toList();
    }
  }

  /** Lock of whoever measures and makes room. */
  Path lock() {
    return root.resolve("cache.lock");
  }

  long usableBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  private static void create(Path path) throws IOException {
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // Another process may have been faster; what is there is checked like any other.
      Objects.requireNonNull(e);
    }
  }

  private static void refuseForeign(Path path) throws IOException {
    // A file of our own says who we are even where the user has no name.
    Path probe = Files.createTempFile(path, "owner-", ".probe");
    UserPrincipal self = Files.getOwner(probe);
    Files.delete(probe);
    // A link counts too: one that somebody else made could lead into any folder of ours.
    for (UserPrincipal owner :
        List.of(Files.getOwner(path), Files.getOwner(path, LinkOption.NOFOLLOW_LINKS))) {
      if (!owner.equals(self)) {
        throw CacheErrors.cacheUnsafe(path, "belongs to " + owner.getName());
      }
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw CacheErrors.cacheUnsafe(
          path, "has permissions " + PosixFilePermissions.toString(permissions));
    }
  }
}
