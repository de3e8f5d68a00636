package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL functions on a cluster that has the packed jar alone, against the same calls in this JVM. */
class SqlFunctionsIT {
  @TempDir Path folder;

  @Test
  void everyFunctionGivesOnExecutorsWhatItGivesHere() throws IOException {
    List<String> here = EveryFunction.answers(SharedSpark.session().newSession());
    try (StandaloneCluster cluster =
        StandaloneCluster.start(new ClusterShape(2, 1, 0), folder.resolve("cluster"))) {
      Submission.Ended ended = cluster.submit(EveryFunction.class).await();

      assertThat(ended.exitCode()).as(ended.errors()).isZero();
      assertThat(ended.output().lines()).containsExactlyInAnyOrderElementsOf(here);
    }
    assertThat(here).hasSize(5).anyMatch(line -> line.contains("Weapon"));
  }

  @Test
  void noFunctionIsLeftOut() {
    String sql = String.join("\n", EveryFunction.SQL);

    assertThat(
            SharedSpark.session().sql("SHOW FUNCTIONS LIKE 'bingoguard_*'").collectAsList().stream()
                .map(row -> row.getString(0)))
        .hasSizeGreaterThan(8)
        .allMatch(name -> sql.contains(name + "("));
  }
}
