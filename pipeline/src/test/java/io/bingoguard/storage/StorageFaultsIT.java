package io.bingoguard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.cluster.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An S3 server that fails while a corpus is labelled: every exchange is labelled all the same, and
 * once. Started by scripts/check-storage.
 */
@Tag("faults")
class StorageFaultsIT {
  private static final String BUCKET = "data";
  private static final long SEED = 20;

  @TempDir static Path folder;

  private static S3Server server;
  private static LocalProgram program;

  private FaultProxy proxy;

  @BeforeAll
  static void startServer() throws IOException {
    server = S3Server.start(folder.resolve("s3"));
    server.createBucket(BUCKET);
    server.upload(Labelled.corpus(folder.resolve("corpus")), BUCKET, "corpus");
    program = LocalProgram.in(folder.resolve("spark"), server.environment(), server.settings());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startProxy() throws IOException {
    proxy = FaultProxy.before(server.endpoint(), SEED);
  }

  @AfterEach
  void stopProxy() throws IOException {
    proxy.close();
  }

  @Test
  void oneAnswerInFiveThatSaysSlowDownCostsNoRow() throws IOException {
    proxy.share503(0.2);

    labelInto("slow-down");

    assertThat(proxy.refused()).isGreaterThan(proxy.requests() / 10);
  }

  @Test
  void connectionsThatDropBeforeAndAfterTheServersWorkCostNoRow() throws IOException {
    proxy.drop(0.1);

    labelInto("dropped");

    assertThat(proxy.dropped()).isGreaterThan(proxy.requests() / 20);
  }

  @Test
  void aServerThatFallsSilentIsWaitedFor() throws IOException {
    CompletableFuture.runAsync(
        () -> proxy.silence(Duration.ofSeconds(15)),
        CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS));

    labelInto("silent");
  }

  @Test
  void aServerThatRefusesConnectionsForSecondsIsTriedAgain() throws IOException {
    CompletableFuture.runAsync(this::refuse, CompletableFuture.delayedExecutor(8, TimeUnit.SECONDS))
        .thenRunAsync(this::accept, CompletableFuture.delayedExecutor(8, TimeUnit.SECONDS));

    labelInto("refused");
  }

  private void labelInto(String output) throws IOException {
    Submission.Ended ended =
        program.run(
            S3Server.settings(proxy.endpoint()),
            "label",
            "--input",
            "s3a://data/corpus",
            "--output",
            "s3a://data/" + output);

    assertThat(ended.exitCode()).as(ended.errors()).isZero();
    Labelled.rows(server.download(BUCKET, output + "/labels", folder.resolve(output)));
  }

  private void refuse() {
    try {
      proxy.refuse();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      proxy.accept();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
