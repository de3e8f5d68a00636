package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.prepare.SavedPipeline;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judging as a stage between those of Spark NLP, on a cluster that has the packed jar alone. */
class SparkNlpPipelineIT {
  @TempDir Path folder;

  @Test
  void aPipelineRunsOnExecutorsThatHaveThePackedJar() throws IOException {
    try (StandaloneCluster cluster =
        StandaloneCluster.start(new ClusterShape(2, 1, 0), folder.resolve("cluster"))) {
      Submission.Ended ended = cluster.submit(SavedPipeline.class, folder.toString()).await();

      assertThat(ended.exitCode()).as(ended.errors()).isZero();
      assertThat(ended.output().lines()).containsAll(SavedPipeline.JUDGED);
    }
  }
}
