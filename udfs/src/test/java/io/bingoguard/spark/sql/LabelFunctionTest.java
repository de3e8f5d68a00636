package io.bingoguard.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.engine.EngineFigure;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.spark.LocalSession;
import io.bingoguard.spark.devices.GuardEngines;
import io.bingoguard.spark.labelling.LabelPartitions;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.spark.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bingoguard_label} in queries, by a small model. */
class LabelFunctionTest {
  private static final SparkSession SPARK = LocalSession.session();
  private static final int ROWS = 60;

  @TempDir static Path model;

  @BeforeAll
  static void makeRows() throws IOException {
    PlantedModel.write(model);
    SPARK.conf().set(Setting.MODEL.key(), model.toString());
    SPARK
        .sql(
            "SELECT id, 'Tell me about topic ' || id AS p, 'Topic ' || id || ' is long. ' AS r"
                + " FROM range(0, 60, 1, 2)")
        .createOrReplaceTempView("texts");
  }

  @AfterAll
  static void forgetTheModel() {
    SPARK.conf().unset(Setting.MODEL.key());
    GuardEngines.closeAll();
  }

  @Test
  void labelsAreThoseOfTheJobEachWithItsOwnRow() throws Exception {
    List<Row> rows =
        SPARK.sql("SELECT id, bingoguard_label(p, r) AS l FROM texts ORDER BY id").collectAsList();

    List<Row> expected = ofTheJob();
    assertThat(rows).hasSize(ROWS);
    for (int id = 0; id < ROWS; id++) {
      Row label = rows.get(id).getStruct(1);
      for (String column :
          List.of(
              "content_hash",
              "prompt_harmful",
              "prompt_probability",
              "response_harmful",
              "response_probability",
              "response_category",
              "severity",
              "severity_score",
              "label_status",
              "input_tokens")) {
        assertThat(label.<Object>getAs(column))
            .as("%s of row %d", column, id)
            .isEqualTo(expected.get(id).getAs(column));
      }
    }
  }

  private static List<Row> ofTheJob() throws Exception {
    RunStamp stamp = new RunStamp("run", new ModelIdentity("m", "r", "p"), "engine");
    LabelPartitions job =
        LabelPartitions.on(
            SPARK.sparkContext(),
            new LabellingOptions(
                new ModelRef.Local(model.toString()),
                Map.of(Setting.MODEL.key(), model.toString()),
                SeverityMode.FLAGGED,
                TextHandling.PLAIN,
                stamp,
                false));
    List<Row> exchanges = new ArrayList<>();
    for (int id = 0; id < ROWS; id++) {
      exchanges.add(
          ExchangeRow.of(
                  "c", id, Exchange.of("Tell me about topic " + id, "Topic " + id + " is long. "))
              .write());
    }
    List<Row> labels = new ArrayList<>();
    job.call(exchanges.iterator()).forEachRemaining(labels::add);
    return labels;
  }

  @Test
  void everyTextIsJudgedOnceInBatchesWhereverItsLabelIsUsed() {
    long before = requests();
    long passesBefore = EngineFigure.PASSES.sum(GuardEngines.reports());

    Dataset<Row> labels =
        SPARK.sql(
            "SELECT id, l.response_harmful AS h, l.severity AS s, l.label_status AS t FROM"
                + " (SELECT id, bingoguard_label(p || '?', r || '!') AS l FROM texts WHERE id < 40)"
                + " WHERE l.label_status = 'ok' AND (l.severity >= 0 OR l.severity IS NULL)");

    assertThat(labels.collectAsList()).isNotEmpty();
    // Two questions an exchange, and a third for harmful replies.
    assertThat(requests() - before).isBetween(80L, 120L);
    assertThat(EngineFigure.PASSES.sum(GuardEngines.reports()) - passesBefore).isLessThan(40);
  }

  @Test
  void aFilterJudgesOnlyRowsThatItsOtherConditionsLeave() {
    long before = requests();

    long found =
        SPARK
            .sql(
                "SELECT id FROM texts WHERE bingoguard_label(p || '.', r).label_status = 'ok' AND id >= 55")
            .count();

    assertThat(found).isEqualTo(5);
    assertThat(requests() - before).isBetween(10L, 15L);
  }

  @Test
  void aLabelThatNobodyAsksForIsNotMade() {
    long before = requests();

    assertThat(
            SPARK
                .sql("SELECT sum(id) FROM (SELECT id, bingoguard_label(p, r) AS l FROM texts)")
                .first()
                .getLong(0))
        .isEqualTo(59 * 60 / 2);

    assertThat(requests()).isEqualTo(before);
  }

  @Test
  void missingTextsAreMissingAndTwoOfThemHaveNoLabel() {
    List<Row> rows =
        SPARK
            .sql(
                "SELECT l IS NULL, l.prompt_harmful IS NULL, l.response_harmful IS NULL, l.label_status FROM"
                    + " (SELECT id, bingoguard_label(if(id > 0, p, null), if(id > 1, r, null)) AS l FROM texts WHERE id < 3)"
                    + " ORDER BY id")
            .collectAsList();

    assertThat(rows.get(0).getBoolean(0)).isTrue();
    assertThat(rows.get(1).getBoolean(1)).isFalse();
    assertThat(rows.get(1).getBoolean(2)).isTrue();
    assertThat(rows.get(2).getBoolean(2)).isFalse();
  }

  @Test
  void labelsCanBeGroupedSortedAndJoined() {
    assertThat(
            SPARK
                .sql(
                    "SELECT bingoguard_label(p, r).label_status AS s, count(*) FROM texts GROUP BY 1 ORDER BY 1")
                .first())
        .satisfies(row -> assertThat(row.getLong(1)).isEqualTo(ROWS));
    assertThat(
            SPARK
                .sql(
                    "SELECT a.id FROM (SELECT id, bingoguard_label(p, r) AS l FROM texts) a"
                        + " JOIN texts b ON a.id = b.id WHERE a.l.label_status = 'ok'"
                        + " ORDER BY bingoguard_label(b.p, b.r).response_probability, a.id")
                .count())
        .isEqualTo(ROWS);
  }

  @Test
  void placesWhereItCannotBeBatchedAreRefused() {
    assertMisplaced(
        "SELECT transform(array(p, r), t -> bingoguard_label(t, t).label_status) FROM texts");
    assertMisplaced("SELECT bingoguard_label(bingoguard_label(p, r).label_status, r) FROM texts");
    assertMisplaced("SELECT p, bingoguard_label(p, p) FROM texts GROUP BY p");
  }

  private static void assertMisplaced(String query) {
    assertThatThrownBy(() -> SPARK.sql(query).collectAsList())
        .as(query)
        .satisfies(
            failure ->
                assertThat(GuardException.in(failure).orElseThrow().code())
                    .isEqualTo(ErrorCode.SQL_LABEL_MISPLACED));
  }

  @Test
  void aMisspeltSettingIsRefused() {
    String key = "spark.bingoguard.modle";
    SPARK.conf().set(key, "x");
    try {
      assertThatThrownBy(
              () -> SPARK.sql("SELECT bingoguard_label(p, r) FROM texts").collectAsList())
          .satisfies(
              failure ->
                  assertThat(GuardException.in(failure).orElseThrow().code())
                      .isEqualTo(ErrorCode.SETTING_UNKNOWN));
    } finally {
      SPARK.conf().unset(key);
    }
  }

  private static long requests() {
    return EngineFigure.REQUESTS.sum(GuardEngines.reports());
  }
}
