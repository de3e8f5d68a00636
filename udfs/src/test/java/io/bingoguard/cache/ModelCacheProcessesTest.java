package io.bingoguard.cache;

import static io.bingoguard.cache.TestBundle.SHARD_1;
import static io.bingoguard.cache.TestBundle.SHARD_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.cache.LocalModel.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ModelCacheProcessesTest {
  private static final int RANGE = 10_000;
  private static final int BYTES = 95_000;

  @TempDir Path folder;

  private Configuration hadoop;
  private Path log;
  private Path gate;

  @BeforeEach
  void makeFileSystem() {
    log = folder.resolve("reads.log");
    gate = folder.resolve("gate");
    hadoop = CountedFileSystem.configuration(log);
  }

  @Test
  void processesAndThreadsThatAskAtOnceCopyOnce() throws IOException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);
    CountedFileSystem.gate(hadoop, gate, 0);
    int callers = 4;

    List<String> origins = new ArrayList<>();
    try (ChildFetch one = start(settings(2), bundle, callers);
        ChildFetch two = start(settings(2), bundle, callers)) {
      for (ChildFetch child : List.of(one, two)) {
        assertThat(child.says()).isEqualTo("calling");
      }
      // Whoever was first has begun to read weights, and everybody else has been called.
      ChildFetch.awaitFile(folder.resolve("gate.reached"));
      Files.writeString(gate, "");
      for (ChildFetch child : List.of(one, two)) {
        for (int i = 0; i < callers; i++) {
          origins.add(child.says());
        }
      }
    }

    assertThat(origins)
        .hasSize(2 * callers)
        .containsOnlyOnce("COPIED " + bundle.manifest().totalBytes())
        .filteredOn("FOUND 0"::equals)
        .hasSize(2 * callers - 1);
    for (BundleFile file : bundle.manifest().files()) {
      assertThat(CountedFileSystem.bytesRead(log, file.name())).isEqualTo(file.size());
    }
  }

  @Test
  void aCopyWhoseProcessIsKilledIsResumed() throws IOException, InterruptedException {
    TestBundle bundle = TestBundle.sharded(folder.resolve("guard"), BYTES);
    CountedFileSystem.gate(hadoop, gate, 4L * RANGE);
    CacheSlot slot = CacheSlot.of(folder.resolve("cache"), "guard", bundle.manifest());

    try (ChildFetch child = start(settings(1), bundle, 1)) {
      // One thread copies in order: four ranges of the first shard are done by then.
      ChildFetch.awaitFile(folder.resolve("gate.reached"));
      child.kill();
    }
    assertThat(slot.directory()).doesNotExist();
    assertThat(CountedFileSystem.bytesRead(log, SHARD_1)).isEqualTo(4L * RANGE);

    CountedFileSystem.heal(hadoop);
    try (LocalModel model = new ModelCache(settings(3), hadoop, RANGE).fetch(bundle.remote())) {
      assertThat(model.origin()).isEqualTo(Origin.COPIED);
      for (BundleFile file : bundle.manifest().files()) {
        assertThat(model.directory().resolve(file.name()))
            .hasSameBinaryContentAs(bundle.file(file.name()));
      }
    }
    assertThat(CountedFileSystem.bytesRead(log, SHARD_1)).isEqualTo(BYTES);
    assertThat(CountedFileSystem.bytesRead(log, SHARD_2)).isEqualTo(BYTES / 2);
    assertThat(CountedFileSystem.bytesRead(log, "config.json")).isEqualTo(500);
  }

  @Test
  void aModelThatAnotherProcessUsesIsNotRemoved() throws IOException, InterruptedException {
    TestBundle used = TestBundle.single(folder.resolve("used"), BYTES);
    TestBundle next = TestBundle.single(folder.resolve("next"), BYTES);
    CacheSettings small = new CacheSettings(folder.resolve("cache"), 150_000, 2);
    ModelCache cache = new ModelCache(small, hadoop, RANGE);

    try (ChildFetch child = start(small, used, 1)) {
      assertThat(child.says()).isEqualTo("calling");
      assertThat(child.says()).startsWith("COPIED");
      assertThatThrownBy(() -> cache.fetch(next.remote()))
          .hasMessageContaining("spark.bingoguard.cache.maxSize")
          .hasMessageContaining("150000");
      assertThat(CacheSlot.of(folder.resolve("cache"), "used", used.manifest()).directory())
          .isDirectory();
      // A process that dies gives up what it uses.
      child.kill();
    }
    try (LocalModel model = cache.fetch(next.remote())) {
      assertThat(model.origin()).isEqualTo(Origin.COPIED);
    }
    assertThat(CacheSlot.of(folder.resolve("cache"), "used", used.manifest()).directory())
        .doesNotExist();
  }

  @Test
  void whoWaitsIsToldOnceForWhichProcess() throws IOException {
    TestBundle bundle = TestBundle.single(folder.resolve("guard"), BYTES);
    CountedFileSystem.gate(hadoop, gate, 0);
    Path lock = CacheSlot.of(folder.resolve("cache"), "guard", bundle.manifest()).lock();

    List<String> told = new ArrayList<>();
    try (ChildFetch child = start(settings(1), bundle, 1)) {
      ChildFetch.awaitFile(folder.resolve("gate.reached"));
      String result =
          HostLock.hold(
              lock,
              holder -> {
                told.add(holder);
                openGate();
              },
              () -> "held");

      assertThat(result).isEqualTo("held");
      assertThat(told).containsExactly("process " + child.pid());
    }
  }

  private void openGate() {
    assertThat(gate.toFile().mkdir()).isTrue();
  }

  private CacheSettings settings(int threads) {
    return new CacheSettings(folder.resolve("cache"), 10_000_000, threads);
  }

  private ChildFetch start(CacheSettings settings, TestBundle bundle, int callers)
      throws IOException {
    return ChildFetch.start(settings, hadoop, bundle.remote().uri(), RANGE, callers);
  }
}
