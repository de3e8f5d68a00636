package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.testing.Commits;
import io.bingoguard.testing.Exchanges;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CategoriesTableTest {
  private static final List<LoadedModel.Category> CATEGORIES =
      List.of(
          new LoadedModel.Category(
              1, "S2", "Second", Optional.of("0: mild\n4: 'dire'"), true, true),
          new LoadedModel.Category(2, "S10", "Tenth", Optional.empty(), true, false));

  private final SparkSession spark = SharedSpark.session();
  private final RunStamp stamp = FakeLabeller.stamp("run-1");
  private final RunStamp other =
      new RunStamp("run-2", new ModelIdentity("fake", "revision-1", "other-pack/1"), "test");

  @TempDir Path folder;

  @Test
  void isBornWithItsRowsInOneCommitAndThenLeftAlone() {
    create(stamp);
    create(stamp);

    assertThat(read().orderBy("category_order").collectAsList())
        .extracting(row -> Arrays.asList(row.get(0), row.get(1), row.get(2), row.get(3)))
        .containsExactly(
            Arrays.asList(1, "S2", "Second", "0: mild\n4: 'dire'"),
            Arrays.asList(2, "S10", "Tenth", null));
    assertThat(read().where("of_prompts AND NOT of_responses").count()).isEqualTo(1);
    assertThat(Arrays.stream(read().schema().fields()))
        .allSatisfy(field -> assertThat(field.getComment().isDefined()).isTrue());
    DeltaTable table = DeltaTable.forPath(spark, path());
    assertThat(table.history().count()).isEqualTo(1);
    Row detail = table.detail().first();
    assertThat(detail.<String, String>getJavaMap(detail.fieldIndex("properties")))
        .containsEntry("delta.enableChangeDataFeed", "true");
    assertThatThrownBy(() -> table.updateExpr(Map.of("name", "null")))
        .hasStackTraceContaining("all_but_description");
  }

  @Test
  void namesTheCategoriesOfLabelsInTheirOrder() {
    create(stamp);
    labels(stamp).append(labelled(), Commits.of("run-1", 0));

    assertThat(
            spark
                .sql(
                    """
                    SELECT c.name, count(l.conversation_id) FROM delta.`%1$s/categories` c
                    LEFT JOIN delta.`%1$s/labels` l ON l.prompt_category = c.code
                    GROUP BY c.category_order, c.name ORDER BY c.category_order
                    """
                        .formatted(folder))
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("Second", "Tenth");
  }

  @Test
  void isOfAnotherPackOnlyWhileNothingIsLabelled() {
    create(stamp);
    create(other);
    assertThat(read().where("prompt_pack = 'other-pack/1'").count()).isEqualTo(2);
    assertThat(read().count()).isEqualTo(2);
    create(stamp);
    labels(stamp).append(labelled(), Commits.of("run-1", 0));

    for (Runnable attempt :
        List.<Runnable>of(
            () -> table(other).refuseUnfit(labels(stamp)),
            () -> table(other).create(labels(stamp)))) {
      assertThatThrownBy(attempt::run).extracting("code").isEqualTo(ErrorCode.OUTPUT_OTHER_MODEL);
    }
    assertThat(read().where("prompt_pack = 'other-pack/1'").count()).isZero();
  }

  @Test
  void goesOnWhereARunDiedBeforeItsFirstCommit() throws IOException {
    Files.createDirectories(Path.of(path(), "_delta_log"));
    Files.writeString(Path.of(path(), "part-00000-dead.snappy.parquet"), "half a file");

    assertThatThrownBy(() -> table(stamp).refuseUnfit(unborn()))
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_UNSUITABLE);
    create(stamp);

    assertThat(read().count()).isEqualTo(2);
  }

  @Test
  void isRefusedByNameWhereItsLogLacksACommit() throws IOException {
    create(stamp);
    create(other);
    Files.delete(Path.of(path(), "_delta_log", "00000000000000000001.json"));
    DeltaLog.clearCache();

    assertThatThrownBy(() -> table(stamp).refuseUnfit(unborn()))
        .hasMessageContaining("whose log is whole")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_UNREADABLE);
  }

  @RepeatedTest(3)
  void letsSeveralDriversWriteItAtOnce() throws Exception {
    LabelsTable labels = labels(stamp);
    ExecutorService drivers = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> writing =
          () -> {
            table(stamp).create(labels);
            return true;
          };
      for (Future<Boolean> written :
          drivers.invokeAll(List.of(writing, writing, writing, writing))) {
        assertThat(written.get()).isTrue();
      }
    } finally {
      drivers.shutdownNow();
    }
    assertThat(read().count()).isEqualTo(2);
  }

  private void create(RunStamp run) {
    LabelsTable labels = labels(run);
    CategoriesTable categories = table(run);
    categories.refuseUnfit(labels);
    categories.create(labels);
  }

  private CategoriesTable table(RunStamp run) {
    return CategoriesTable.of(spark, output(), run, CATEGORIES);
  }

  private LabelsTable unborn() {
    return LabelsTable.of(spark, output(), stamp, false);
  }

  private LabelsTable labels(RunStamp run) {
    LabelsTable labels = LabelsTable.of(spark, output(), run, false);
    labels.create();
    return labels;
  }

  private Dataset<Row> labelled() {
    return Exchanges.labelled(
        new FakeLabeller(stamp, false), Exchanges.row("c", 0, "a harmful wish", "hello"));
  }

  private Dataset<Row> read() {
    return spark.read().format("delta").load(path());
  }

  private String path() {
    return folder.resolve("categories").toString();
  }

  private OutputDirectory output() {
    return OutputDirectory.open(folder.toString(), spark.sessionState().newHadoopConf());
  }
}
