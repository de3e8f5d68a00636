package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed at its commits, and the check that all tests of restarts rely on. */
class RestartIT {
  private static final long SEED = 17;

  @TempDir Path folder;

  @Test
  void aKilledRunIsCompletedByTheNextAndTheCheckWouldSeeRowsTooMuch() throws IOException {
    RestartedRuns runs =
        new RestartedRuns(
            LocalDrivers.in(folder.resolve("spark")),
            GrowingCorpus.in(folder.resolve("corpus"), SEED),
            folder.resolve("labelled").toString());
    runs.corpus().grow(6);
    // Once files are labelled and before they are recorded.
    runs.labelUntil(KillMoment.at(() -> runs.commits("labels") > 1));
    runs.labelUntil(KillMoment.at(() -> runs.commits("labels") > 2));
    assertThat(runs.kills()).isEqualTo(2);
    runs.label();

    ExactlyOnce.verify(runs.output(), runs.corpus());

    assertTheCheckSeesWhatIsWrong(runs);
  }

  private static void assertTheCheckSeesWhatIsWrong(RestartedRuns runs) {
    String labels = runs.table("labels").toString();
    Dataset<Row> all = SharedSpark.session().read().format("delta").load(labels);
    long good = runs.commits("labels") - 1;
    String run = all.select("run_id").first().getString(0);

    all.where("run_id = '%s'".formatted(run)).write().format("delta").mode("append").save(labels);
    assertThatThrownBy(() -> ExactlyOnce.verify(runs.output(), runs.corpus()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("=1");

    SharedSpark.session().sql("RESTORE delta.`%s` TO VERSION AS OF %d".formatted(labels, good));
    ExactlyOnce.verify(runs.output(), runs.corpus());
    SharedSpark.session().sql("DELETE FROM delta.`%s` WHERE run_id = '%s'".formatted(labels, run));
    assertThatThrownBy(() -> ExactlyOnce.verify(runs.output(), runs.corpus()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("=-1");
  }
}
