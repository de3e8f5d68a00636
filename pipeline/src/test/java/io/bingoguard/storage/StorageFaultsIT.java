package io.bingoguard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.cluster.Submission;
import io.bingoguard.cluster.Waiting;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
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

  // Of the some hundred requests of such a run.
  private static final long BEFORE_WORK = 20;
  private static final long IN_THE_MIDST = 150;

  @TempDir static Path folder;

  private static S3Server server;
  private static LocalProgram program;

  private FaultProxy proxy;

  @BeforeAll
  static void startServer() throws IOException {
    server = S3Server.start(folder.resolve("s3"));
    server.createBucket(BUCKET);
    server.upload(Labelled.corpus(folder.resolve("corpus")), BUCKET, "corpus");
    program = LocalProgram.in(folder.resolve("spark"), server.environment(), shippedSettings());
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

    complete(labelInto("slow-down"), "slow-down");

    assertThat(proxy.refused()).isGreaterThan(proxy.requests() / 10);
  }

  @Test
  void connectionsThatDropBeforeAndAfterTheServersWorkCostNoRow() throws IOException {
    proxy.drop(0.1);

    complete(labelInto("dropped"), "dropped");

    assertThat(proxy.dropped()).isGreaterThan(proxy.requests() / 20);
  }

  @Test
  void aServerThatFallsSilentAndThenRefusesConnectionsIsWaitedFor() throws IOException {
    Submission run = labelInto("silent");
    awaitRequests(run, BEFORE_WORK);
    proxy.silence(Duration.ofSeconds(15));
    awaitRequests(run, IN_THE_MIDST);
    proxy.refuse();
    LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
    assertThat(run.running()).as(run.errors()).isTrue();
    proxy.accept();

    complete(run, "silent");
  }

  private Submission labelInto(String output) throws IOException {
    return program.start(
        S3Server.settings(proxy.endpoint()),
        "label",
        "--input",
        "s3a://data/corpus",
        "--output",
        "s3a://data/" + output);
  }

  private void awaitRequests(Submission run, long requests) {
    Waiting.until(
        requests + " requests",
        Duration.ofMinutes(2),
        () -> proxy.requests() >= requests || !run.running(),
        run::errors);
    assertThat(run.running()).as(run.errors()).isTrue();
  }

  private static void complete(Submission run, String output) {
    Submission.Ended ended = run.await();

    assertThat(ended.exitCode()).as(ended.errors()).isZero();
    Labelled.rows(server.download(BUCKET, output + "/labels", folder.resolve(output)));
  }

  private static Map<String, String> shippedSettings() throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("..", "conf", "s3a.conf"))) {
      settings.load(file);
    }
    return settings.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, settings::getProperty));
  }
}
