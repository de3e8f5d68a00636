package io.bingoguard.spark.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.guard.Category;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.TextSpan;
import io.bingoguard.guard.Verdict;
import io.bingoguard.guard.Windows;
import io.bingoguard.spark.LocalSession;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back the same through Spark, whatever types the session has for time. */
class RowsTest {
  private static final String JAVA_TIME = "spark.sql.datetime.java8API.enabled";
  private static final Instant MOMENT = Instant.parse("2024-02-29T23:59:59.123456Z");

  private static final ExchangeRow FULL =
      new ExchangeRow(
          "conversation",
          3,
          Optional.of(MOMENT),
          Optional.of("forum"),
          Optional.of("en"),
          Optional.of(new InputPlace("file:/data/a b%20c.jsonl", 5_000_000_000L)),
          Exchange.of("Hello\u0000", ""),
          2,
          Optional.empty());

  private static final ExchangeRow SETTLED =
      new ExchangeRow(
          "conversation",
          4,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new Exchange(Optional.empty(), Optional.empty()),
          0,
          Optional.of(
              SafetyLabel.notJudged(
                  LabelStatus.ERROR, ErrorCode.SOURCE_CORRUPT_RECORD, "a record")));

  private static final SparkSession spark = LocalSession.session();

  @AfterEach
  void forgetTheKindOfTime() {
    spark.conf().unset(JAVA_TIME);
  }

  /** Spark lets users choose what a plain timestamp is. */
  @Test
  void momentsHaveATimeZoneWhateverTheSessionIsSetTo() {
    try {
      spark.conf().set("spark.sql.timestampType", "TIMESTAMP_NTZ");

      assertThat(Columns.schema("at timestamp null When").apply("at").dataType())
          .isEqualTo(DataTypes.TimestampType);
    } finally {
      spark.conf().unset("spark.sql.timestampType");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exchangesComeBack(boolean javaTime) {
    List<Row> rows = through(List.of(FULL, SETTLED), javaTime);

    assertThat(rows.stream().map(ExchangeRow::read)).containsExactly(FULL, SETTLED);
    assertThat(rows.get(0).<Object>getAs("occurred_at"))
        .isInstanceOf(javaTime ? Instant.class : Timestamp.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void labelsComeBackWithCodesForCategories(boolean javaTime) {
    Category category = new Category("S7", "S7");
    SafetyLabel judged =
        new SafetyLabel(
            Optional.of(new Verdict(true, 0.75, Optional.of(category))),
            Optional.of(new Verdict(true, 1, Optional.empty())),
            Optional.of(new Severity(2, List.of(0.0, 0.25, 0.5, 0.25, 0.0))),
            LabelStatus.TRUNCATED,
            Optional.of(new LabelProblem(ErrorCode.TEXT_TRUNCATED, "response")),
            OptionalDouble.of(0.5),
            700,
            new Windows(
                3, Optional.empty(), Optional.of(new TextSpan(70, 9000)), OptionalInt.of(80)),
            OptionalInt.of(4100));
    SafetyLabel benign =
        new SafetyLabel(
            Optional.empty(),
            Optional.of(new Verdict(false, 0, Optional.empty())),
            Optional.of(Severity.BENIGN),
            LabelStatus.OK,
            Optional.empty(),
            OptionalDouble.of(1),
            9,
            Windows.ONE,
            OptionalInt.empty());
    SafetyLabel settled = SETTLED.settled().orElseThrow();

    List<Row> rows =
        through(
            List.of(
                labelled(FULL, judged).write(true),
                labelled(FULL, benign).write(true),
                labelled(SETTLED, settled).write(true)),
            LabelRow.encoder(true),
            javaTime);

    assertThat(rows.stream().map(LabelRow::label)).containsExactly(judged, benign, settled);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(Columns.moment(row, LabelRow.LABELLED_AT)).contains(MOMENT);
              assertThat(row.<String>getAs(LabelRow.MODEL_REVISION)).isEqualTo("sha256:1");
              assertThat(row.<String>getAs(LabelRow.RUN_ID)).isEqualTo("run");
            });
    Row first = rows.get(0);
    assertThat(first.<String>getAs(LabelRow.CONTENT_HASH)).isEqualTo(FULL.exchange().contentHash());
    assertThat(first.<String>getAs(LabelRow.PROMPT_TEXT)).isEqualTo("Hello\u0000");
    assertThat(first.<Double>getAs(LabelRow.SEVERITY_SCORE)).isEqualTo(2.0);
  }

  @Test
  void textsAreLeftOutUnlessTheyAreWanted() {
    Row row = labelled(FULL, SETTLED.settled().orElseThrow()).write(false);

    assertThat(row.schema()).isEqualTo(LabelRow.schema(false));
    assertThat(row.schema().fieldNames()).doesNotContain("prompt_text", "response_text");
    assertThat(row.toString()).doesNotContain("Hello");
  }

  private static LabelRow labelled(ExchangeRow exchange, SafetyLabel label) {
    RunStamp stamp = new RunStamp("run", new ModelIdentity("guard", "sha256:1", "pack"), "1.0");
    return new LabelRow(exchange, label, stamp, MOMENT);
  }

  private static List<Row> through(List<ExchangeRow> exchanges, boolean javaTime) {
    return through(
        exchanges.stream().map(ExchangeRow::write).toList(), ExchangeRow.encoder(), javaTime);
  }

  private static List<Row> through(List<Row> rows, Encoder<Row> encoder, boolean javaTime) {
    spark.conf().set(JAVA_TIME, javaTime);
    return spark.createDataset(rows, encoder).toDF().collectAsList();
  }
}
