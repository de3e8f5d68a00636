package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster that other tests break: its parts die one by one, and nothing outlives it. */
class StandaloneClusterIT {
  private static final Path CORPUS =
      Path.of("src/main/resources/io/bingoguard/sample/conversations.jsonl").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void partsThatDieAreReplacedAndClosingLeavesNothing() throws IOException {
    List<ProcessHandle> seen = new ArrayList<>();
    Submission submission;
    try (StandaloneCluster cluster =
        StandaloneCluster.start(new ClusterShape(1, 2, 2), folder.resolve("cluster"))) {
      submission =
          cluster.submit(
              List.of(
                  "spark.executor.cores=1",
                  "spark.executor.resource.gpu.amount=1",
                  "spark.task.resource.gpu.amount=1",
                  "spark.bingoguard.device=cpu"),
              List.of(
                  "label",
                  "--input",
                  CORPUS.toString(),
                  "--output",
                  folder.resolve("labelled").toString()));
      seen.addAll(cluster.awaitExecutors(2));

      cluster.killExecutor(seen.get(0));
      seen.addAll(cluster.awaitExecutors(2));
      assertThat(seen).element(0).matches(executor -> !executor.isAlive());

      cluster.killWorker(0);
      cluster.awaitWorkers(0);
      assertThat(cluster.startWorker()).isEqualTo(1);
      cluster.awaitWorkers(1);
      seen.addAll(cluster.awaitExecutors(2));
      assertThat(cluster.executors(1)).hasSize(2);
      assertThat(submission.running()).isTrue();
      assertThat(cluster.logs()).contains("Registering worker", "Asked to launch executor");
    }

    assertThat(submission.running()).isFalse();
    Waiting.until(
        "the end of all executors",
        Duration.ofMinutes(1),
        () -> seen.stream().noneMatch(ProcessHandle::isAlive),
        seen::toString);
  }
}
