package io.bingoguard.spark.labelling;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.spark.devices.GuardEngines;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.spark.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelPartitionsTest {
  private static final StructType LABELS = LabelRow.schema(true);

  @TempDir static Path model;

  @BeforeAll
  static void writeModel() throws IOException {
    PlantedModel.write(model);
  }

  @AfterAll
  static void closeEngines() {
    GuardEngines.closeAll();
  }

  @Test
  void labelsEveryRowOnceAndInOrderWhateverTheBatches() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          switch (i % 8) {
            case 1 -> exchange(i, "How are you, number " + i + "?", null);
            case 2 -> exchange(i, null, "A reply to nobody, number " + i);
            case 3 -> exchange(i, " \u00a0\n", "Fine.");
            case 4 -> exchange(i, null, null);
            case 5 -> problem(i);
            default ->
                exchange(i, "Tell me about topic " + i, "Topic " + i + " is long. ".repeat(i));
          });
    }

    List<Row> oneByOne = label(rows, Map.of(Setting.BATCH_EXCHANGES.key(), "1"));
    List<Row> atOnce = label(rows, Map.of());

    assertThat(atOnce).hasSize(40);
    for (int i = 0; i < 40; i++) {
      Row row = atOnce.get(i);
      assertThat(row.size()).isEqualTo(LABELS.size());
      assertThat(value(row, LabelRow.TURN_INDEX)).isEqualTo(i);
      assertThat(stableValues(row)).isEqualTo(stableValues(oneByOne.get(i)));
      String status = row.getString(LABELS.fieldIndex(LabelRow.LABEL_STATUS));
      assertThat(status)
          .isEqualTo(
              switch (i % 8) {
                case 3, 4 -> "skipped_empty";
                case 5 -> "error";
                default -> "ok";
              });
      assertThat(value(row, LabelRow.ERROR_CODE) == null).isEqualTo(status.equals("ok"));
      boolean promptJudged = i % 8 != 2 && i % 8 != 3 && i % 8 != 4 && i % 8 != 5;
      boolean responseJudged = i % 8 != 1 && i % 8 != 4 && i % 8 != 5;
      assertThat(judged(row, LabelRow.PROMPT_HARMFUL)).isEqualTo(promptJudged);
      assertThat(judged(row, LabelRow.PROMPT_PROBABILITY)).isEqualTo(promptJudged);
      assertThat(judged(row, LabelRow.RESPONSE_HARMFUL)).isEqualTo(responseJudged);
      assertThat(judged(row, LabelRow.SEVERITY)).isEqualTo(responseJudged);
    }
  }

  @Test
  void equalContentsHaveEqualHashesAndABorderBetweenTheSides() {
    List<Row> labels =
        label(
            List.of(
                exchange(0, "ab", "c"),
                exchange(1, "a", "bc"),
                exchange(2, "ab", "c"),
                exchange(3, "abc", null),
                exchange(4, "abc", "")),
            Map.of());

    List<String> hashes = new ArrayList<>();
    labels.forEach(row -> hashes.add((String) value(row, LabelRow.CONTENT_HASH)));
    assertThat(hashes.get(0)).isEqualTo(hashes.get(2)).hasSize(64);
    assertThat(Set.copyOf(hashes)).hasSize(4);
  }

  private static List<Row> label(List<Row> rows, Map<String, String> properties) {
    LabellingOptions options =
        new LabellingOptions(
            new ModelRef.Local(model.toString()),
            properties,
            SeverityMode.FLAGGED,
            TextHandling.PLAIN,
            new RunStamp("run", new ModelIdentity("model", "revision", "pack"), "engine"),
            true);
    List<Row> labels = new ArrayList<>();
    Iterator<Row> labelled = new LabelPartitions(options).call(rows.iterator());
    labelled.forEachRemaining(labels::add);
    return labels;
  }

  private static List<Object> stableValues(Row row) {
    List<Object> values = new ArrayList<>();
    for (String column :
        List.of(
            LabelRow.CONTENT_HASH,
            LabelRow.PROMPT_HARMFUL,
            LabelRow.PROMPT_CATEGORY,
            LabelRow.RESPONSE_HARMFUL,
            LabelRow.RESPONSE_CATEGORY,
            LabelRow.SEVERITY,
            LabelRow.LABEL_STATUS,
            LabelRow.ERROR_CODE,
            LabelRow.INPUT_TOKENS)) {
      values.add(value(row, column));
    }
    return values;
  }

  private static boolean judged(Row row, String column) {
    return !row.isNullAt(LABELS.fieldIndex(column));
  }

  private static Object value(Row row, String column) {
    return row.get(LABELS.fieldIndex(column));
  }

  private static Row exchange(int turn, String prompt, String response) {
    Exchange exchange = new Exchange(Optional.ofNullable(prompt), Optional.ofNullable(response));
    return ExchangeRow.of("conversation", turn, exchange).write();
  }

  private static Row problem(int turn) {
    return new ExchangeRow(
            "conversation",
            turn,
            Optional.empty(),
            Optional.of("test"),
            Optional.of("en"),
            Optional.empty(),
            new Exchange(Optional.empty(), Optional.empty()),
            0,
            Optional.of(
                SafetyLabel.notJudged(
                    LabelStatus.ERROR,
                    ErrorCode.SOURCE_CORRUPT_RECORD,
                    "a record that cannot be read")))
        .write();
  }
}
