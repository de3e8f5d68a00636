package io.bingoguard.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders that killed processes left beside that of this one. Only those are removed that this user
 * owns and nobody else can write, since their names say nothing of who made them.
 */
final class DeadFolders {
  /** Between being made and being claimed a folder is empty for a moment. */
  private static final Duration STARTING = Duration.ofHours(1);

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Logger LOG = LoggerFactory.getLogger(DeadFolders.class);

  private DeadFolders() {}

  /**
   * Removes them. What cannot be removed stays, for the work of this process does not depend on it.
   *
   * @param own the folder of this process
   */
  static void remove(Path own) {
    try {
      UserPrincipal self = attributes(own).owner();
      for (Path folder : beside(own)) {
        try {
          if (isOurs(folder, self)) {
            removeDead(folder);
          }
        } catch (IOException e) {
          // Another process may remove it at this moment.
          LOG.debug("{} cannot be removed", folder, e);
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("Folders beside {} cannot be looked at", own, e);
    }
  }

  private static List<Path> beside(Path own) throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(own.resolveSibling(""), ClaimedFolder.PREFIX + "*")) {
      List<Path> folders = new ArrayList<>();
      for (Path entry : entries) {
        if (!entry.getFileName().equals(own.getFileName())) {
          folders.add(entry);
        }
      }
      return folders;
    }
  }

  private static boolean isOurs(Path folder, UserPrincipal self) throws IOException {
    PosixFileAttributes found = attributes(folder);
    return found.isDirectory()
        && found.owner().equals(self)
        && found.permissions().stream().noneMatch(OTHERS_WRITE::contains);
  }

  private static void removeDead(Path folder) throws IOException {
    Optional<ClaimedFolder> dead = ClaimedFolder.ofDead(folder);
    if (dead.isPresent()) {
      dead.get().remove();
    } else if (isEmpty(folder) && isOld(folder)) {
      Files.delete(folder);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  private static boolean isOld(Path folder) throws IOException {
    return attributes(folder)
        .lastModifiedTime()
        .toInstant()
        .isBefore(Instant.now().minus(STARTING));
  }

  private static PosixFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
