package io.bingoguard.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
  @TempDir Path folder;

  @Test
  void isMadeForItsOwnerAloneWithTheFoldersAbove() throws IOException {
    Path path = folder.resolve("a/b/cache");

    assertThat(CacheDirectory.open(path).root()).isEqualTo(path.toRealPath());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
    assertThat(CacheDirectory.open(path).slots()).isEmpty();
  }

  @Test
  void oneThatOthersCouldFillIsRefused() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertUnsafe(open, "rwxrwxrwx");

    UserPrincipal self = Files.getOwner(folder);
    if (self.getName().equals("root")) {
      Path foreign = Files.createDirectory(folder.resolve("foreign"));
      UserPrincipal other =
          foreign.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      Path own = Files.createDirectory(folder.resolve("own"));
      Path link = Files.createSymbolicLink(folder.resolve("link"), own);
      assertThat(CacheDirectory.open(link).root()).isEqualTo(own.toRealPath());

      Files.setOwner(foreign, other);
      Files.setAttribute(link, "owner:owner", other, LinkOption.NOFOLLOW_LINKS);
      assertUnsafe(foreign, "nobody");
      assertUnsafe(link, "nobody");
    } else {
      // Belongs to root, and everybody may write into it.
      assertUnsafe(Path.of("/tmp"), "root");
    }
  }

  @Test
  void oneThatCannotBeADirectoryIsRefusedWithTheSetting() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> CacheDirectory.open(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("spark.bingoguard.cache.directory");
  }

  private static void assertUnsafe(Path path, String found) {
    assertThatThrownBy(() -> CacheDirectory.open(path))
        .isInstanceOfSatisfying(
            GuardException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_CACHE_UNSAFE))
        .hasMessageContaining(found);
  }
}
