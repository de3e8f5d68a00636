package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.Bundler;
import io.bingoguard.bundle.DemoModel;
import io.bingoguard.fault.FaultPlan;
import io.bingoguard.fault.FaultySession;
import io.bingoguard.fault.FaultySessions;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.testing.SharedSpark;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What breaks on clusters, on one: two workers with two GPUs each, an executor a GPU, two tasks a
 * GPU, and a model on a file system that is not local. The GPUs are only said to be there: sessions
 * compute on the CPU. After each fault the table holds every exchange once with a right status, or
 * the run ends with the right exit code and running again completes it. Started by
 * scripts/check-faults.
 */
@Tag("faults")
class FaultsIT {
  private static final int CONVERSATIONS = 240;

  @TempDir static Path folder;

  private static StandaloneCluster cluster;
  private static FaultPlan faults;
  private static Path corpus;
  private static Path model;
  private static Path jar;
  private static int poison;

  private Path output;

  @BeforeAll
  static void startCluster() throws IOException {
    corpus = FaultCorpus.write(folder.resolve("corpus"), CONVERSATIONS, 4);
    faults = new FaultPlan(folder.resolve("faults"));
    jar = sessionsJar();
    model = folder.resolve("model");
    Path demo = DemoModel.directory();
    new Bundler(demo, demo.resolve("prompt-pack.json"), model).bundle(4096);
    try (GuardTokenizer tokenizer = GuardTokenizer.open(model.resolve("tokenizer.json"))) {
      poison = idOfPoisonAlone(tokenizer);
    }
    cluster = StandaloneCluster.start(new ClusterShape(2, 4, 2), folder.resolve("cluster"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void noFaults() throws IOException {
    faults.clear();
    output = Files.createTempDirectory(folder, "labelled-");
  }

  @Test
  void eachExecutorUsesItsOwnGpuAndOneSessionAndTheModelIsCopiedOnceAHost() throws Exception {
    faults.set(FaultPlan.SLOW, "150");
    int port = freePort();
    Submission run =
        submitOnAll(
            List.of(
                "spark.bingoguard.cache.directory=" + folder.resolve("empty-cache"),
                "spark.ui.enabled=true",
                "spark.ui.port=" + port,
                "spark.metrics.conf.*.sink.prometheusServlet.class=org.apache.spark.metrics.sink.PrometheusServlet",
                "spark.metrics.conf.*.sink.prometheusServlet.path=/metrics/prometheus"));
    String metrics = awaitMetric(run, port, "GuardPlugin_executor_\\d_requests_total");

    assertThat(run.await().exitCode()).as(run.errors()).isZero();

    assertThat(metrics)
        .containsPattern("GuardPlugin_requests_total\\S* [1-9]")
        .contains("GuardPlugin_busy_share", "GuardPlugin_queue_wait_mean_ms");
    assertEveryExchangeOnce(CONVERSATIONS, 0);
    List<Row> executors = executors();
    assertThat(executors).hasSize(4);
    assertThat(executors)
        .extracting(row -> row.<String>getAs("executor_id"))
        .doesNotHaveDuplicates();
    assertThat(executors)
        .extracting(row -> row.<String>getAs("device"))
        .containsExactlyInAnyOrder("cuda:0", "cuda:0", "cuda:1", "cuda:1");
    for (Row executor : executors) {
      assertThat(executor.<String>getList(executor.fieldIndex("gpu_addresses")))
          .containsExactly(executor.<String>getAs("device").substring("cuda:".length()));
      assertThat(executor.<Integer>getAs("sessions_opened")).isEqualTo(1);
      assertThat(executor.<Long>getAs("requests")).isPositive();
    }
    // Both workers run on this one host.
    assertThat(executors)
        .extracting(row -> row.<String>getAs("model_source"))
        .containsExactlyInAnyOrder("copied", "found", "found", "found");
  }

  @Test
  void anExecutorAndAWorkerThatAreKilledLoseNothing() throws Exception {
    faults.set(FaultPlan.SLOW, "200");
    Submission run = submit(List.of());
    awaitPasses(run, 10);
    cluster.killExecutor(cluster.executors().get(0));
    awaitPasses(run, 30);
    cluster.killHost(0);
    assertThat(run.running()).as(run.errors()).isTrue();
    try {
      assertThat(run.await().exitCode()).as(run.errors()).isZero();
      assertEveryExchangeOnce(CONVERSATIONS, 0);
    } finally {
      cluster.startWorker();
    }
  }

  @Test
  void memoryThatRunsOutAndAPoisonedRowCostOneErrorRow() throws Exception {
    faults.set(FaultPlan.MEMORY, "192");
    faults.set(FaultPlan.POISON, Integer.toString(poison));

    Submission run = submit(List.of("spark.bingoguard.packTokens=1024"));
    assertThat(run.await().exitCode()).as(run.errors()).isZero();

    assertEveryExchangeOnce(CONVERSATIONS, 1);
    Row error = labels().where("label_status = 'error'").first();
    assertThat(error.<String>getAs(LabelRow.CONVERSATION_ID)).isEqualTo("c" + CONVERSATIONS / 2);
    assertThat(error.<String>getAs(LabelRow.ERROR_CODE)).isEqualTo("PASS_FAILED");
    assertThat(executors())
        .allSatisfy(row -> assertThat(row.<Long>getAs("out_of_memory")).isPositive());
  }

  @Test
  void aSessionThatDiesAndOneThatHangsEndTheirExecutorsAndTheWorkMoves() throws Exception {
    faults.set(FaultPlan.DIE_ONCE, "");
    faults.set(FaultPlan.HANG_ONCE, "");

    Submission run = submit(List.of("spark.bingoguard.passTimeout=8s"));
    assertThat(run.await().exitCode()).as(run.errors()).isZero();

    assertThat(faults.isSet(FaultPlan.DIE_ONCE)).isFalse();
    assertThat(faults.isSet(FaultPlan.HANG_ONCE)).isFalse();
    assertThat(run.errors()).containsPattern("Lost executor 0 .*exited with code 70");
    assertThat(run.errors()).containsPattern("Lost executor 1 .*exited with code 70");
    // An executor whose tasks all waited for the device tells the reason in its own log alone.
    assertThat(run.errors()).containsAnyOf("DEVICE_FAILED", "PASS_TIMED_OUT");
    assertEveryExchangeOnce(CONVERSATIONS, 0);
  }

  @Test
  void deadDevicesEndTheRunByNameAndRunningAgainCompletesIt() throws Exception {
    faults.set(FaultPlan.DIE, "");
    Submission.Ended dead = submit(List.of("spark.task.maxFailures=2")).await();

    assertThat(dead.exitCode()).as(dead.errors()).isEqualTo(75);
    assertThat(dead.errors()).contains("error [DEVICE_FAILED]", "illegal memory access");

    faults.clear();
    Submission.Ended again = submit(List.of()).await();
    assertThat(again.exitCode()).as(again.errors()).isZero();
    assertEveryExchangeOnce(CONVERSATIONS, 0);
    assertThat(runs().select("exit_code").collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactlyInAnyOrder(75, 0);
  }

  /** Runs the command on two executors. */
  private Submission submit(List<String> more) throws IOException {
    List<String> conf = new ArrayList<>(List.of("spark.cores.max=4"));
    conf.addAll(more);
    return submitOnAll(conf);
  }

  private Submission submitOnAll(List<String> more) throws IOException {
    List<String> conf =
        new ArrayList<>(
            List.of(
                "spark.jars=" + jar,
                "spark.plugins=io.bingoguard.spark.plugin.GuardPlugin",
                "spark.executor.cores=2",
                // All executors get a share of the work.
                "spark.scheduler.minRegisteredResourcesRatio=1",
                "spark.scheduler.maxRegisteredResourcesWaitingTime=120s",
                "spark.sql.shuffle.partitions=4",
                "spark.databricks.delta.snapshotPartitions=2",
                "spark.executor.resource.gpu.amount=1",
                "spark.task.resource.gpu.amount=0.5",
                "spark.executor.extraJavaOptions=" + faults.javaOption(),
                "spark.hadoop.fs.remote.impl=" + RemoteFileSystem.class.getName(),
                "spark.bingoguard.device=cuda",
                "spark.bingoguard.sessionFactory=" + FaultySessions.class.getName(),
                "spark.bingoguard.cache.directory=" + folder.resolve("cache"),
                "spark.bingoguard.packTokens=256",
                "spark.bingoguard.batchExchanges=8",
                // Two batches, so that a run that ends early leaves something done.
                "spark.bingoguard.source.maxFilesPerBatch=2"));
    conf.addAll(more);
    return cluster.submit(
        conf,
        List.of(
            "label",
            "--input",
            corpus.toString(),
            "--output",
            output.toString(),
            "--model",
            RemoteFileSystem.SCHEME + "://" + model));
  }

  private void assertEveryExchangeOnce(int exchanges, int errors) {
    Dataset<Row> labels = labels();
    assertThat(labels.select(LabelRow.CONVERSATION_ID, LabelRow.TURN_INDEX).distinct().count())
        .isEqualTo(exchanges);
    assertThat(labels.count()).isEqualTo(exchanges);
    assertThat(labels.where("label_status = 'error'").count()).isEqualTo(errors);
    assertThat(labels.where("label_status = 'ok' AND prompt_harmful IS NOT NULL").count())
        .isEqualTo(exchanges - errors);
  }

  private Dataset<Row> labels() {
    return table("labels");
  }

  private Dataset<Row> runs() {
    return table("runs");
  }

  private Dataset<Row> table(String name) {
    return SharedSpark.session().read().format("delta").load(output + "/" + name);
  }

  private List<Row> executors() {
    Row run = runs().first();
    return run.getList(run.fieldIndex("executors"));
  }

  private static void awaitPasses(Submission run, int passes) {
    Waiting.until(
        passes + " passes",
        Duration.ofMinutes(2),
        () -> faults.passes() >= passes || !run.running(),
        run::errors);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The driver's metrics, as soon as one is above zero. */
  private static String awaitMetric(Submission run, int port, String name) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/metrics/prometheus/".formatted(port)))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    AtomicReference<String> seen = new AtomicReference<>("");
    Waiting.until(
        name + " among the driver's metrics",
        Duration.ofMinutes(2),
        () -> {
          try {
            seen.set(client.send(request, BodyHandlers.ofString()).body());
          } catch (IOException e) {
            return !run.running();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Pattern.compile(name + "\\S* [1-9]").matcher(seen.get()).find();
        },
        () -> seen.get() + run.errors());
    return seen.get();
  }

  /** A token of the poison that no other message and no prompt holds. */
  private static int idOfPoisonAlone(GuardTokenizer tokenizer) throws IOException {
    String harmless = Files.readString(corpus.resolve("part-1.jsonl"));
    int[] others = ids(tokenizer, harmless + Files.readString(model.resolve("prompt-pack.json")));
    return IntStream.of(ids(tokenizer, " " + FaultCorpus.POISON))
        .filter(id -> IntStream.of(others).noneMatch(other -> other == id))
        .findFirst()
        .orElseThrow();
  }

  private static int[] ids(GuardTokenizer tokenizer, String text) {
    return tokenizer.encodePlain(text);
  }

  private static Path sessionsJar() throws IOException {
    Path jar = folder.resolve("sessions.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (Class<?> type :
          List.of(
              FaultPlan.class, FaultySession.class, FaultySessions.class, RemoteFileSystem.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(name));
        entries.write(type.getResourceAsStream("/" + name).readAllBytes());
      }
    }
    return jar;
  }
}
