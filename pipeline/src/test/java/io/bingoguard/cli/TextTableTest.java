package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final StructType COLUMNS =
      StructType.fromDDL("source STRING, n BIGINT, share DOUBLE, category STRING");

  private static final List<Row> ROWS =
      List.of(
          RowFactory.create("a source of a very long name", 12L, 0.123456, "S1"),
          RowFactory.create("漢字", 1234L, 101.0965, null),
          RowFactory.create("\u001b[2Jb\n", null, 0.0000012, "S10"));

  @Test
  void numbersAreBesideTheRightAndFractionsShort() {
    assertThat(TextTable.of(COLUMNS, ROWS).text(0))
        .isEqualToNormalizingNewlines(
            """
            source                           n        share  category
            a source of a very long name    12       0.1235  S1
            漢字                          1234        101.1  NULL
            \\u001b[2Jb\\u000a              NULL  0.000001200  S10
            """);
  }

  @Test
  void longTextsAreCutToTheTerminal() {
    String text = TextTable.of(COLUMNS, ROWS).text(50);

    assertThat(text.lines().findFirst()).hasValueSatisfying(line -> assertThat(line).hasSize(50));
    assertThat(text).contains("a source of a very l…    12");
  }

  @Test
  void whatDoesNotFitIsShownRowByRow() {
    assertThat(TextTable.of(COLUMNS, ROWS.subList(0, 1)).text(29))
        .isEqualToNormalizingNewlines(
            """
            source    a source of a very…
            n         12
            share     0.1235
            category  S1
            """);
  }
}
