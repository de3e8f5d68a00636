package io.bingoguard.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ProcessFolderTest {
  @TempDir private Path temporary;

  @Test
  void aProcessThatEndsLeavesNothing() throws Exception {
    try (FolderHolder ending = FolderHolder.start(temporary)) {
      assertThat(temporary).isDirectoryContaining("glob:**/bingoguard-process-*");
      assertThat(ending.folder()).isDirectoryContaining("glob:**/onnxruntime-*");
    }
    assertThat(temporary).isEmptyDirectory();

    FolderHolder.start(temporary).terminate();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aProcessTakesTheFolderThatWasMadeForIt() throws Exception {
    Path given = Files.createDirectory(temporary.resolve("bingoguard-process-7-given"));

    try (FolderHolder holder =
        FolderHolder.start(given, "-D" + ProcessFolder.GIVEN + "=" + given)) {
      assertThat(holder.folder()).isEqualTo(given);
    }

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeavesIsRemovedByTheNextOneAndNothingOfTheLiving() throws Exception {
    FolderHolder dying = FolderHolder.start(temporary);
    try (FolderHolder living = FolderHolder.start(temporary)) {
      dying.kill();
      assertThat(notEmpty()).containsExactlyInAnyOrder(dying.folder(), living.folder());

      try (FolderHolder next = FolderHolder.start(temporary)) {
        assertThat(notEmpty()).containsExactlyInAnyOrder(living.folder(), next.folder());
        assertThat(living.folder().resolve("note")).exists();
      }
    }
    assertThat(notEmpty()).isEmpty();
  }

  @Test
  void whatIsNotProvablyOfADeadProcessStays() throws IOException {
    Path own = folder("own");
    Path unlocked = folder("unlocked");
    Files.writeString(unlocked.resolve("data"), "x");
    old(unlocked);
    Path starting = folder("starting");
    Path shared = dead("shared");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("lock"), "");
    Path link = temporary.resolve("bingoguard-process-7-link");
    Files.createSymbolicLink(link, elsewhere);
    Path linkedLock = folder("linked");
    Files.createSymbolicLink(linkedLock.resolve("lock"), elsewhere.resolve("lock"));
    Path file = Files.writeString(temporary.resolve("bingoguard-process-7-file"), "x");
    Path models = Files.createDirectory(temporary.resolve("bingoguard-models-somebody"));
    Files.writeString(models.resolve("lock"), "");

    DeadFolders.remove(own);

    assertThat(unlocked.resolve("data")).exists();
    assertThat(starting).exists();
    assertThat(shared.resolve("data")).exists();
    assertThat(elsewhere.resolve("lock")).exists();
    assertThat(link).exists();
    assertThat(linkedLock.resolve("lock")).exists();
    assertThat(file).exists();
    assertThat(models).exists();
  }

  @Test
  void removesFoldersOfTheDeadWithoutFollowingLinksOutOfThem() throws IOException {
    Path own = folder("own");
    Path dead = dead("dead");
    Path kept = Files.createDirectory(temporary.resolve("kept"));
    Files.writeString(kept.resolve("data"), "x");
    Files.createSymbolicLink(dead.resolve("link"), kept);
    Path neverClaimed = folder("never-claimed");
    old(neverClaimed);

    DeadFolders.remove(own);

    assertThat(dead).doesNotExist();
    assertThat(neverClaimed).doesNotExist();
    assertThat(kept.resolve("data")).exists();
  }

  /** ONNX Runtime makes a folder of its own, into which it puts nothing. */
  private List<Path> notEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      return entries.filter(entry -> entry.toFile().list().length > 0).toList();
    }
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(temporary.resolve("bingoguard-process-7-" + name));
  }

  /** As a killed process leaves it. */
  private Path dead(String name) throws IOException {
    Path dead = folder(name);
    Files.writeString(dead.resolve("lock"), "");
    Files.writeString(dead.resolve("data"), "x");
    return dead;
  }

  private static void old(Path folder) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
  }
}
