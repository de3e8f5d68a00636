package io.bingoguard.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of about 100 KB in a cache that holds two. */
class CacheSpaceTest {
  private static final int BYTES = 95_000;
  private static final long LIMIT = 250_000;

  @TempDir Path folder;

  private Configuration hadoop;
  private ModelCache cache;
  private TestBundle first;
  private TestBundle second;
  private TestBundle third;

  @BeforeEach
  void makeModels() throws IOException {
    hadoop = CountedFileSystem.configuration(folder.resolve("reads.log"));
    cache = cache(LIMIT);
    first = TestBundle.single(folder.resolve("first"), BYTES);
    second = TestBundle.single(folder.resolve("second"), BYTES);
    third = TestBundle.single(folder.resolve("third"), BYTES);
  }

  @Test
  void theModelThatWasNotUsedForLongestIsRemoved() throws IOException {
    for (TestBundle bundle : List.of(first, second, first, third)) {
      cache.fetch(bundle.remote()).close();
    }

    assertThat(slot(first).directory()).isDirectory();
    assertThat(slot(second).directory()).doesNotExist();
    assertThat(slot(third).directory()).isDirectory();
  }

  @Test
  void aModelInUseIsKeptUntilItsLastUserClosesIt() throws IOException {
    LocalModel user = cache.fetch(first.remote());
    try (LocalModel other = cache.fetch(first.remote())) {
      cache.fetch(second.remote()).close();
      user.close();
      user.close();
      cache.fetch(third.remote()).close();
      assertThat(other.directory()).isDirectory();
      assertThat(slot(second).directory()).doesNotExist();
    }
    for (TestBundle bundle : List.of(third, second)) {
      cache.fetch(bundle.remote()).close();
    }
    assertThat(slot(first).directory()).doesNotExist();
  }

  @Test
  void anUnfinishedCopyThatNobodyGoesOnWithIsRemovedFirst() throws IOException {
    cache.fetch(first.remote()).close();
    CountedFileSystem.failFrom(hadoop, TestBundle.SINGLE, 50_000);
    assertThatThrownBy(() -> cache.fetch(second.remote())).hasMessageContaining("went dead");
    CountedFileSystem.heal(hadoop);
    assertThat(PartialCopy.reserved(slot(second))).isEqualTo(second.manifest().totalBytes());

    cache.fetch(third.remote()).close();

    assertThat(slot(first).directory()).isDirectory();
    assertThat(slot(second).bytes()).isZero();
  }

  @Test
  void aModelThatDoesNotFitIsRefusedWithSizesAndTheSetting() throws IOException {
    assertFull(
        () -> cache(100_000).fetch(first.remote()),
        "spark.bingoguard.cache.maxSize",
        "100000",
        Long.toString(first.manifest().totalBytes()));

    try (LocalModel one = cache.fetch(first.remote());
        LocalModel two = cache.fetch(second.remote())) {
      assertThat(one.directory()).isNotEqualTo(two.directory());
      assertFull(
          () -> cache.fetch(third.remote()), "spark.bingoguard.cache.maxSize", "models in use");
      assertThat(slot(third).bytes()).isZero();
    }
  }

  @Test
  void aModelThatTheDiskHasNoRoomForIsRefusedBeforeItIsCopied() throws IOException {
    // A file with a gap has a size, but takes no room.
    long size = 4L << 40;
    try (RandomAccessFile file =
        new RandomAccessFile(first.file(TestBundle.SINGLE).toFile(), "rw")) {
      file.setLength(size);
    }
    BundleManifest honest = first.manifest();
    first.write(
        new BundleManifest(
            honest.modelRevision(),
            honest.promptPack(),
            honest.files().stream()
                .map(
                    file ->
                        file.isWeights() ? new BundleFile(file.name(), size, file.sha256()) : file)
                .toList()));

    assertFull(
        () -> cache(Long.MAX_VALUE / 2).fetch(first.remote()),
        "spark.bingoguard.cache.directory",
        "usable");
    assertThat(slot(first).bytes()).isZero();
  }

  private static void assertFull(ThrowingCallable call, String... mentions) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GuardException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_CACHE_FULL))
        .satisfies(refused -> assertThat(refused.getMessage()).contains(mentions));
  }

  private ModelCache cache(long maxBytes) {
    return new ModelCache(new CacheSettings(folder.resolve("cache"), maxBytes, 2), hadoop, 10_000);
  }

  private CacheSlot slot(TestBundle bundle) throws IOException {
    return CacheSlot.of(
        folder.resolve("cache"), bundle.directory().getFileName().toString(), bundle.manifest());
  }
}
