package io.bingoguard.cache;

import static io.bingoguard.cache.TestBundle.SHARD_1;
import static io.bingoguard.cache.TestBundle.SHARD_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.cache.LocalModel.Origin;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
  private static final int RANGE = 10_000;
  private static final int BYTES = 100_000;

  @TempDir Path folder;

  private Configuration hadoop;
  private Path log;
  private ModelCache cache;

  @BeforeEach
  void makeCache() {
    log = folder.resolve("reads.log");
    hadoop = CountedFileSystem.configuration(log);
    cache = new ModelCache(settings(10_000_000), hadoop, RANGE);
  }

  @Test
  void aRemoteModelIsCopiedAndThenFound() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);

    Path directory;
    try (LocalModel model = cache.fetch(bundle.remote())) {
      directory = model.directory();
      assertThat(model.origin()).isEqualTo(Origin.COPIED);
      assertThat(model.bytesCopied()).isEqualTo(bundle.manifest().totalBytes());
      assertThat(model.manifest()).contains(bundle.manifest());
    }
    assertThat(directory.getFileName().toString())
        .isEqualTo("guard-" + bundle.manifest().sha256().substring(0, 16));
    assertSame(bundle, directory);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> left = Files.list(directory.getParent())) {
      assertThat(left.map(Path::toString))
          .noneMatch(name -> name.endsWith(".partial") || name.endsWith(".journal"));
    }

    try (LocalModel model = cache.fetch(bundle.remote())) {
      assertThat(model.origin()).isEqualTo(Origin.FOUND);
      assertThat(model.bytesCopied()).isZero();
      assertThat(model.directory()).isEqualTo(directory);
    }
    assertThat(CountedFileSystem.bytesRead(log, SHARD_1)).isEqualTo(BYTES);
  }

  @Test
  void aLocalModelIsUsedInPlace() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);

    for (String path : List.of(bundle.directory().toString(), "file://" + bundle.directory())) {
      try (LocalModel model = cache.fetch(model(path))) {
        assertThat(model.origin()).isEqualTo(Origin.IN_PLACE);
        assertThat(model.directory()).isEqualTo(bundle.directory());
      }
    }
    assertThat(settings(1).directory()).doesNotExist();

    halve(bundle.file(SHARD_2));
    assertRefused(
        ErrorCode.MODEL_FILE_TAMPERED,
        SHARD_2,
        () -> cache.fetch(model("file:" + bundle.directory())));

    Files.delete(bundle.file(BundleManifest.FILE_NAME));
    try (LocalModel model = cache.fetch(model(bundle.directory().toString()))) {
      assertThat(model.manifest()).isEmpty();
    }
  }

  @Test
  void whatCannotBeCheckedOrReachedIsRefused() throws IOException {
    TestBundle bundle = TestBundle.single(folder.resolve("guard"), BYTES);
    Files.delete(bundle.file(BundleManifest.FILE_NAME));

    assertRefused(
        ErrorCode.MODEL_MANIFEST_MISSING, "bingoguard bundle", () -> cache.fetch(bundle.remote()));
    assertRefused(
        ErrorCode.MODEL_UNREACHABLE,
        "nowhere",
        () -> cache.fetch(new ModelRef.Remote("nowhere://host/model")));
  }

  @Test
  void aTamperedFileIsRefusedByNameAndOnlyItIsCopiedAgain() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);
    CountedFileSystem.alter(hadoop, SHARD_2);

    ModelCache orderly = orderly();
    assertRefused(ErrorCode.MODEL_FILE_TAMPERED, SHARD_2, () -> orderly.fetch(bundle.remote()));
    assertThat(slot(bundle).directory()).doesNotExist();
    assertThat(slot(bundle).partial().resolve(SHARD_2)).doesNotExist();

    CountedFileSystem.heal(hadoop);
    try (LocalModel model = orderly.fetch(bundle.remote())) {
      assertThat(model.origin()).isEqualTo(Origin.COPIED);
      assertSame(bundle, model.directory());
    }
    assertThat(CountedFileSystem.bytesRead(log, SHARD_1)).isEqualTo(BYTES);
  }

  @Test
  void halfAFileIsRefusedByNameBeforeAnythingIsRead() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);
    halve(bundle.file(SHARD_2));

    assertRefused(ErrorCode.MODEL_FILE_TAMPERED, SHARD_2, () -> cache.fetch(bundle.remote()));
    Files.delete(bundle.file(SHARD_2));
    assertRefused(ErrorCode.MODEL_FILE_MISSING, SHARD_2, () -> cache.fetch(bundle.remote()));
    assertThat(CountedFileSystem.bytesRead(log, SHARD_1)).isZero();
  }

  @Test
  void digestsThatDoNotGiveTheRevisionAreRefused() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);
    BundleManifest honest = bundle.manifest();
    bundle.write(
        new BundleManifest("sha256:" + "0".repeat(64), honest.promptPack(), honest.files()));

    assertRefused(
        ErrorCode.MODEL_MANIFEST_INVALID, "model_revision", () -> cache.fetch(bundle.remote()));
    assertThat(slot(bundle).directory()).doesNotExist();
    assertThat(slot(bundle).partial()).doesNotExist();
    assertRefused(
        ErrorCode.MODEL_MANIFEST_INVALID, "model_revision", () -> cache.small(bundle.remote()));
  }

  @Test
  void aCopyThatFailedGoesOnWhereItStopped() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);
    CountedFileSystem.failFrom(hadoop, SHARD_2, 2 * RANGE);
    assertRefused(ErrorCode.MODEL_NOT_COPIED, SHARD_2, () -> cache.fetch(bundle.remote()));

    CountedFileSystem.heal(hadoop);
    try (LocalModel model = cache.fetch(bundle.remote())) {
      assertSame(bundle, model.directory());
      assertThat(model.bytesCopied()).isLessThan(bundle.manifest().totalBytes());
    }
  }

  @Test
  void aPartThatWasDamagedHereIsCopiedFromItsBeginning() throws IOException {
    TestBundle bundle = TestBundle.single(folder.resolve("guard"), BYTES);
    ModelCache orderly = orderly();
    CountedFileSystem.failFrom(hadoop, TestBundle.SINGLE, 2 * RANGE);
    assertRefused(
        ErrorCode.MODEL_NOT_COPIED, TestBundle.SINGLE, () -> orderly.fetch(bundle.remote()));
    CountedFileSystem.heal(hadoop);
    flip(slot(bundle).partial().resolve(TestBundle.SINGLE));

    try (LocalModel model = orderly.fetch(bundle.remote())) {
      assertSame(bundle, model.directory());
    }
    // Two ranges, the rest, and then everything once more.
    assertThat(CountedFileSystem.bytesRead(log, TestBundle.SINGLE)).isEqualTo(2L * BYTES);
  }

  @Test
  void aDamagedCachedFileIsDroppedAndOnlyItIsCopiedAnew() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);
    Path directory = fetchAndClose(bundle);
    flip(directory.resolve(SHARD_2));
    Files.writeString(directory.resolve("model.safetensors"), "would be taken for the weights");

    try (LocalModel model = cache.fetch(bundle.remote())) {
      assertThat(model.origin()).isEqualTo(Origin.COPIED);
      assertThat(model.bytesCopied()).isEqualTo(BYTES / 2);
      assertSame(bundle, model.directory());
    }
    Files.delete(directory.resolve("config.json"));
    fetchAndClose(bundle);
    assertSame(bundle, directory);
    assertThat(CountedFileSystem.bytesRead(log, SHARD_1)).isEqualTo(BYTES);
  }

  @Test
  void aFileThatWasOnlyTouchedIsKept() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);
    Path directory = fetchAndClose(bundle);
    Files.setLastModifiedTime(
        directory.resolve(SHARD_1), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

    try (LocalModel model = cache.fetch(bundle.remote())) {
      assertThat(model.origin()).isEqualTo(Origin.FOUND);
    }
    Files.delete(slot(bundle).verified());
    try (LocalModel model = cache.fetch(bundle.remote())) {
      assertThat(model.origin()).isEqualTo(Origin.FOUND);
    }
    assertThat(CountedFileSystem.bytesRead(log, SHARD_1)).isEqualTo(BYTES);
  }

  @Test
  void aDriverGetsEverythingButTheWeights() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);

    Path directory;
    try (LocalModel model = cache.small(bundle.remote())) {
      directory = model.directory();
      assertThat(directory).isDirectoryNotContaining("glob:**.safetensors");
      for (String name : List.of("config.json", "tokenizer.json", "prompt-pack.json")) {
        assertThat(directory.resolve(name)).hasSameBinaryContentAs(bundle.file(name));
      }
      assertThat(model.manifest()).contains(bundle.manifest());
    }
    assertThat(directory).doesNotExist();
    assertThat(CountedFileSystem.bytesRead(log, SHARD_1)).isZero();

    CountedFileSystem.alter(hadoop, "tokenizer.json");
    assertRefused(
        ErrorCode.MODEL_FILE_TAMPERED, "tokenizer.json", () -> cache.small(bundle.remote()));
  }

  private ModelRef model(String path) {
    return ModelRef.of(Optional.of(path), hadoop);
  }

  private Path fetchAndClose(TestBundle bundle) {
    try (LocalModel model = cache.fetch(bundle.remote())) {
      return model.directory();
    }
  }

  private CacheSlot slot(TestBundle bundle) throws IOException {
    return CacheSlot.of(
        cacheFolder(), bundle.directory().getFileName().toString(), bundle.manifest());
  }

  private CacheSettings settings(long maxBytes) {
    return new CacheSettings(cacheFolder(), maxBytes, 3);
  }

  /** A cache with one thread, which copies files and ranges in their order. */
  private ModelCache orderly() {
    return new ModelCache(new CacheSettings(cacheFolder(), 10_000_000, 1), hadoop, RANGE);
  }

  private Path cacheFolder() {
    return folder.resolve("cache");
  }

  private static void assertSame(TestBundle bundle, Path directory) throws IOException {
    try (Stream<Path> names = Files.list(directory)) {
      assertThat(names).hasSize(bundle.manifest().files().size() + 1);
    }
    for (BundleFile file : bundle.manifest().files()) {
      assertThat(Sha256.of(directory.resolve(file.name()))).isEqualTo(file.sha256());
    }
    assertThat(BundleManifest.read(directory)).contains(bundle.manifest());
  }

  private static void halve(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length / 2));
  }

  private static void flip(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[7] ^= 1;
    Files.write(file, content);
    // A later time than the copy's, however coarse the clock of the file system is.
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private static void assertRefused(ErrorCode code, String mention, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GuardException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(mention);
  }
}
