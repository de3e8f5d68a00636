package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.storage.FaultProxy;
import io.bingoguard.storage.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs that are killed while they label from S3 into S3, through a proxy that refuses requests and
 * drops connections. Started by scripts/check-restarts.
 */
@Tag("faults")
class RestartOnS3IT extends ManyRestarts {
  private static final String BUCKET = "data";
  private static final int KILLS = 20;

  /** Commits of a run over three files. Most of its requests come before the first of them. */
  private static final int COMMITS = 2;

  /** As a commit takes, and the recording of its files. */
  private static final Duration SHORTLY = Duration.ofSeconds(3);

  private static final long REST_NANOS = 50_000_000;

  private final Random random = new Random(SEED);
  private final Set<Path> uploaded = new HashSet<>();

  @Test
  void killsAndAStorageThatFailsLoseAndDoubleNothing() throws IOException {
    killOnS3(drivers, KILLS);
  }

  @Test
  void aProductThatForgetsWhatAKilledRunCommittedIsFound() throws IOException {
    LocalDrivers broken = drivers.with(BrokenProduct.thatForgetsWhatAKilledRunCommitted(folder));

    assertThatThrownBy(() -> killOnS3(broken, 3))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("=1");
  }

  private void killOnS3(LocalDrivers some, int times) throws IOException {
    Path own = Files.createTempDirectory(folder, "s3-");
    try (S3Server server = S3Server.start(own.resolve("server"));
        FaultProxy proxy = FaultProxy.before(server.endpoint(), SEED)) {
      server.createBucket(BUCKET);
      proxy.share503(0.1).drop(0.03);
      GrowingCorpus corpus =
          GrowingCorpus.of(own.resolve("corpus"), "s3a://" + BUCKET + "/corpus", SEED);
      RestartedRuns onS3 =
          new RestartedRuns(
              some.with(S3Server.settings(proxy.endpoint()), server.environment()),
              corpus,
              "s3a://" + BUCKET + "/labelled");
      corpus.grow(8);
      upload(corpus, server);
      while (onS3.kills() < times) {
        onS3.labelUntil(KillMoment.anyStep(random, () -> commits(server), COMMITS, SHORTLY));
        corpus.grow(3);
        upload(corpus, server);
      }
      onS3.label();
      onS3.verify(tables(server, own.resolve("tables")));
    }
  }

  /** Commits to the labels, as the server has them; asked without rest, it has no time for runs. */
  private static long commits(S3Server server) {
    LockSupport.parkNanos(REST_NANOS);
    return server.keys(BUCKET, "labelled/labels/_delta_log/").stream()
        .filter(key -> key.matches(".*/\\d{20}\\.json"))
        .count();
  }

  /** Those files alone that are not there, since others would then be changed ones. */
  private void upload(GrowingCorpus corpus, S3Server server) throws IOException {
    Path fresh = Files.createTempDirectory(folder, "upload-");
    for (Path file : corpus.files()) {
      if (uploaded.add(file)) {
        Files.copy(file, fresh.resolve(file.getFileName()));
      }
    }
    server.upload(fresh, BUCKET, "corpus");
  }

  /** A local copy of the tables. */
  private static Path tables(S3Server server, Path tables) throws IOException {
    for (String table : new String[] {"labels", "files", "runs"}) {
      server.download(BUCKET, "labelled/" + table, Files.createDirectories(tables.resolve(table)));
    }
    return tables;
  }
}
