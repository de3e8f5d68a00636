package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.testing.Commits;
import io.bingoguard.testing.Exchanges;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
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
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of earlier builds, which lack columns, go on to be written. */
class TableWideningTest {
  /** As an earlier build had it: elements of the array may not be null, and less is counted. */
  private static final StructType OLDER_LABELS =
      StructType.fromDDL(
              """
              conversation_id STRING NOT NULL, turn_index INT NOT NULL, occurred_at TIMESTAMP,
              source STRING, content_hash STRING NOT NULL, language STRING,
              prompt_harmful BOOLEAN, prompt_probability DOUBLE, prompt_category STRING,
              response_harmful BOOLEAN, response_probability DOUBLE, response_category STRING,
              severity INT, severity_score DOUBLE, label_status STRING NOT NULL,
              error_code STRING, error_message STRING, format_confidence DOUBLE,
              input_tokens INT NOT NULL, windows INT NOT NULL, model_id STRING NOT NULL,
              model_revision STRING NOT NULL, prompt_pack STRING NOT NULL,
              engine_version STRING NOT NULL, run_id STRING NOT NULL, labelled_at TIMESTAMP NOT NULL
              """)
          .add("severity_probabilities", DataTypes.createArrayType(DataTypes.DoubleType, false));

  private static final String OLDER_RUNS =
      """
      run_id STRING NOT NULL, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP NOT NULL,
      input STRING NOT NULL, input_description STRING NOT NULL, model_id STRING NOT NULL,
      model_revision STRING NOT NULL, prompt_pack STRING NOT NULL, engine_version STRING NOT NULL,
      settings MAP<STRING, STRING> NOT NULL, exchanges BIGINT NOT NULL,
      by_status MAP<STRING, BIGINT> NOT NULL, input_tokens BIGINT NOT NULL, seconds DOUBLE NOT NULL,
      exchanges_per_second DOUBLE NOT NULL,
      executors ARRAY<STRUCT<executor_id: STRING, host: STRING, gpu_addresses: ARRAY<STRING>,
        device: STRING, pass_mean_ms: DOUBLE, requests: BIGINT>> NOT NULL,
      exit_code INT NOT NULL, error_message STRING
      """;

  private final SparkSession spark = SharedSpark.session();
  private final RunStamp stamp = FakeLabeller.stamp("run-2");

  @TempDir Path folder;

  @Test
  void anOlderTableGetsTheColumnsThatItLacks() {
    DeltaTable older = olderLabels(OLDER_LABELS);
    labelled("old", false)
        .drop(
            "unread_parts",
            "truncated_tokens",
            "input_file",
            "input_row",
            "window_of_verdict",
            "context_cut_tokens",
            "prepared",
            "reused_from",
            "source_deleted")
        .write()
        .format("delta")
        .mode("append")
        .save(path("labels"));
    StructType before = older.toDF().schema();
    LabelsTable table = labels(false);

    table.refuseUnfit();
    assertThat(spark.read().format("delta").load(path("labels")).schema()).isEqualTo(before);
    table.create();
    table.append(
        labelled("new", false).withColumn("unread_parts", functions.lit(7)),
        Commits.of("run-2", 0));

    assertThat(table.read().columns())
        .containsExactlyInAnyOrder(LabelRow.schema(false).fieldNames());
    assertThat(comment("unread_parts")).isEqualTo(ours("unread_parts"));
    assertThat(table.read().where("unread_parts IS NULL AND conversation_id = 'old'").count())
        .isEqualTo(1);
    assertThat(table.read().where("unread_parts = 7 AND conversation_id = 'new'").count())
        .isEqualTo(1);
    for (String column : List.of("response_category", "severity_score", "content_hash", "run_id")) {
      assertThat(table.read().select(column).distinct().count()).as(column).isEqualTo(1);
    }
    Row detail = DeltaTable.forPath(spark, table.path()).detail().first();
    assertThat(detail.getList(detail.fieldIndex("clusteringColumns")))
        .isEqualTo(List.of("labelled_at", "conversation_id"));
    assertThat(feed().where("_change_type = 'insert'").count()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                table.append(
                    labelled("bad", false).withColumn("turn_index", functions.lit(-1)),
                    Commits.of("run-2", 1)))
        .hasStackTraceContaining("turn_index_from_zero");
  }

  @Test
  void aTableThatLacksNothingGetsNoCommit() {
    LabelsTable table = labels(true);
    table.create();

    table.create();

    assertThat(DeltaTable.forPath(spark, table.path()).history().count()).isEqualTo(1);
  }

  @Test
  void textsCanBeIncludedLaterButNotLeftOutAgain() {
    LabelsTable without = labels(false);
    without.create();
    without.append(labelled("old", false), Commits.of("run-1", 0));
    LabelsTable with = labels(true);

    with.refuseUnfit();
    with.create();
    with.append(labelled("new", true), Commits.of("run-2", 1));

    assertThat(with.read().where("prompt_text IS NULL").count()).isEqualTo(1);
    assertThat(with.read().where("response_text = 'a harmful reply'").count()).isEqualTo(1);
    assertThatThrownBy(without::refuseUnfit)
        .hasMessageContaining("columns prompt_text, response_text")
        .hasMessageContaining("add --include-text")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_TEXT_LEFT_OUT);
    assertThatThrownBy(without::create).hasMessageContaining("add --include-text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "severity | BIGINT | severity is bigint instead of int",
        "severity_probabilities | ARRAY<FLOAT> | severity_probabilities.element is float instead of double",
        "content_hash | | content_hash string is missing",
        "verdict | STRING | does not know: verdict",
      })
  void whatCannotBeWidenedIsRefusedAndUnchanged(String column, String type, String message) {
    StructType columns = new StructType();
    for (var field : OLDER_LABELS.fields()) {
      columns = field.name().equals(column) ? columns : columns.add(field);
    }
    if (type != null) {
      columns = columns.add(StructType.fromDDL(column + " " + type).fields()[0]);
    }
    // Replaced or dropped columns that a constraint names could not be in a table.
    DeltaTable.create(spark).location(path("labels")).addColumns(columns).execute();
    LabelsTable table = labels(false);

    for (Runnable attempt : List.<Runnable>of(table::refuseUnfit, table::create)) {
      assertThatThrownBy(attempt::run)
          .hasMessageContaining(message)
          .extracting("code")
          .isEqualTo(ErrorCode.OUTPUT_UNSUITABLE);
    }
    assertThat(DeltaTable.forPath(spark, path("labels")).history().count()).isEqualTo(1);
  }

  @Test
  void olderRunsGetFiguresOfExecutorsThatTheyLack() {
    DeltaTable.create(spark)
        .location(path("runs"))
        .addColumns(StructType.fromDDL(OLDER_RUNS))
        .execute();
    spark
        .sql(
            """
            SELECT 'run-0' run_id, now() started_at, now() finished_at, '' input,
              '' input_description, '' model_id, '' model_revision, '' prompt_pack,
              '' engine_version, map('a', 'b') settings, 1L exchanges, map('ok', 1L) by_status,
              1L input_tokens, 1D seconds, 1D exchanges_per_second,
              array(struct('0' executor_id, 'h' host, array('1') gpu_addresses, 'cpu' device,
                1.5D pass_mean_ms, 60L requests)) executors,
              0 exit_code, CAST(NULL AS STRING) error_message
            """)
        .write()
        .format("delta")
        .mode("append")
        .save(path("runs"));
    RunsTable runs = RunsTable.of(spark, output());

    runs.refuseUnfit();
    runs.create();
    runs.end(RunsTableTest.run("run-1", Optional.empty()));

    Dataset<Row> executors =
        spark.read().format("delta").load(path("runs")).selectExpr("run_id", "inline(executors)");
    assertThat(executors.columns())
        .contains(ExecutorColumns.SCHEMA.fieldNames())
        .hasSize(ExecutorColumns.SCHEMA.size() + 1);
    Row old = executors.where("run_id = 'run-0'").first();
    assertThat(old.<Long>getAs("requests")).isEqualTo(60);
    assertThat(old.<Double>getAs("pass_mean_ms")).isEqualTo(1.5);
    assertThat(old.<Object>getAs("busy_share")).isNull();
    Row young = executors.where("run_id = 'run-1'").first();
    assertThat(young.<Double>getAs("busy_share")).isEqualTo(0.25);
    assertThat(young.<String>getAs("device")).isEqualTo("cuda:1");
    assertThat(young.<Long>getAs("requests")).isEqualTo(60);
  }

  @RepeatedTest(5)
  void severalDriversCanWidenItAtOnce() throws Exception {
    olderLabels(OLDER_LABELS);
    ExecutorService drivers = Executors.newFixedThreadPool(4);
    try {
      Callable<String[]> opening =
          () -> {
            LabelsTable table = labels(true);
            table.create();
            return table.read().columns();
          };
      for (Future<String[]> opened :
          drivers.invokeAll(List.of(opening, opening, opening, opening))) {
        assertThat(opened.get()).containsExactlyInAnyOrder(LabelRow.schema(true).fieldNames());
      }
    } finally {
      drivers.shutdownNow();
    }
  }

  private DeltaTable olderLabels(StructType columns) {
    var builder =
        DeltaTable.create(spark)
            .location(path("labels"))
            .addColumns(columns)
            .property("delta.enableChangeDataFeed", "true")
            .clusterBy("labelled_at", "conversation_id");
    Map<String, String> constraints =
        Map.of(
            "one_model",
            LabelConstraints.oneModel(stamp),
            "turn_index_from_zero",
            "turn_index >= 0");
    constraints.forEach((name, check) -> builder.property("delta.constraints." + name, check));
    return builder.execute();
  }

  private Dataset<Row> labelled(String conversation, boolean includeText) {
    return Exchanges.frame(Exchanges.row(conversation, 0, "a harmful wish", "a harmful reply"))
        .mapPartitions(new FakeLabeller(stamp, includeText), LabelRow.encoder(includeText));
  }

  private Dataset<Row> feed() {
    return spark
        .read()
        .format("delta")
        .option("readChangeFeed", "true")
        .option("startingVersion", 0)
        .load(path("labels"));
  }

  private String comment(String column) {
    return spark
        .read()
        .format("delta")
        .load(path("labels"))
        .schema()
        .apply(column)
        .getComment()
        .get();
  }

  private static String ours(String column) {
    return LabelRow.schema(false).apply(column).getComment().get();
  }

  private String path(String table) {
    return folder.resolve(table).toString();
  }

  private LabelsTable labels(boolean includeText) {
    return LabelsTable.of(spark, output(), stamp, includeText);
  }

  private OutputDirectory output() {
    return OutputDirectory.open(folder.toString(), spark.sessionState().newHadoopConf());
  }
}
