package io.bingoguard.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.spark.LocalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions as queries call them, compiled and interpreted. */
class GuardSqlTest {
  private static final Pattern EXAMPLE = Pattern.compile("> (SELECT .*)\\R +(.*)");
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
  private static final String FACTORY = "spark.sql.codegen.factoryMode";

  private final SparkSession spark = LocalSession.session();

  @AfterEach
  void compileAgain() {
    spark.conf().unset(WHOLE_STAGE);
    spark.conf().unset(FACTORY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyFunctionIsDocumentedAndItsExamplesGiveWhatTheySay(boolean compiled) {
    compile(compiled);
    List<String> names =
        spark.sql("SHOW FUNCTIONS LIKE 'bingoguard_*'").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();

    assertThat(names)
        .containsExactly(
            "bingoguard_category_name",
            "bingoguard_content_hash",
            "bingoguard_harmful_at",
            "bingoguard_label",
            "bingoguard_rollup",
            "bingoguard_severity_name",
            "bingoguard_severity_score");
    for (String name : names) {
      String told = described(name);
      assertThat(told)
          .contains("Usage: " + name + "(", "Arguments:", "      * ", "Since: 0.1.0")
          .doesNotContain("_FUNC_");
      Matcher example = EXAMPLE.matcher(told);
      int examples = 0;
      while (example.find()) {
        examples++;
        assertThat(shown(example.group(1))).as(example.group(1)).isEqualTo(example.group(2));
      }
      assertThat(examples).as(name).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hashesAreThoseOfTheEngine(boolean compiled) {
    compile(compiled);
    Optional<String> text = Optional.of("Zwölf \uD83D\uDE00");

    Row row =
        spark
            .sql(
                "SELECT bingoguard_content_hash(t, 'Fine'), bingoguard_content_hash(NULL, t),"
                    + " bingoguard_content_hash(n, n) FROM"
                    + " (SELECT 'Zwölf \uD83D\uDE00' AS t, IF(id < 0, 'x', NULL) AS n FROM range(0, 1, 1, 1))")
            .first();

    assertThat(row.getString(0)).isEqualTo(new Exchange(text, Optional.of("Fine")).contentHash());
    assertThat(row.getString(1)).isEqualTo(new Exchange(Optional.empty(), text).contentHash());
    assertThat(row.getString(2))
        .isEqualTo(new Exchange(Optional.empty(), Optional.empty()).contentHash());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nullsGiveNullsAndValuesOfRowsTheirOwn(boolean compiled) {
    compile(compiled);

    assertThat(
            shown(
                "SELECT concat_ws(';', collect_list(concat_ws(',', id, bingoguard_severity_name(level),"
                    + " bingoguard_category_name(code), bingoguard_harmful_at(p, 0.5),"
                    + " bingoguard_severity_score(if(p is null, null, array(1 - p, p, 0, 0, 0))))))"
                    + " FROM (SELECT id, if(id = 2, null, int(id)) AS level,"
                    + " if(id = 2, null, 'S' || (id + 1)) AS code, if(id = 2, null, id / 2D) AS p"
                    + " FROM range(0, 3, 1, 1))"))
        .isEqualTo("0,benign,Violent crime,false,0.0;1,low risk,Sex-related crime,true,0.5;2");
  }

  @Test
  void rollsUpInThreeValuedLogicHoweverRowsAreSpread() {
    for (boolean compiled : List.of(true, false)) {
      compile(compiled);
      for (int partitions : List.of(1, 4)) {
        assertThat(rollup("(true), (false), (null)", partitions)).isEqualTo("{true, null}");
        assertThat(rollup("(false), (null), (false)", partitions)).isEqualTo("{null, null}");
        assertThat(rollup("(false), (false)", partitions)).isEqualTo("{false, null}");
        assertThat(rollup("(null), (null)", partitions)).isEqualTo("{null, null}");
      }
    }
    assertThat(shown("SELECT cast(bingoguard_rollup(id > 0, int(id)) AS string) FROM range(0)"))
        .isEqualTo("{null, null}");
    assertThat(
            shown(
                "SELECT cast(bingoguard_rollup(id > 5, int(id)) FILTER (WHERE id < 4) AS string) FROM range(9)"))
        .isEqualTo("{false, 3}");
    assertThat(
            spark
                .sql(
                    "SELECT bingoguard_rollup(id > 5, int(id)) OVER (PARTITION BY id % 2).max_severity FROM range(8)")
                .distinct()
                .count())
        .isEqualTo(2);
  }

  private String rollup(String values, int partitions) {
    return shown(
        "SELECT cast(bingoguard_rollup(h) AS string) FROM (SELECT /*+ REPARTITION(%d) */ h FROM VALUES %s AS t(h))"
            .formatted(partitions, values));
  }

  @Test
  void argumentsOfOtherTypesAreRefusedBeforeAnythingRuns() {
    for (String call :
        List.of(
            "bingoguard_severity_name(array(1))",
            "bingoguard_severity_score('0.5')",
            "bingoguard_rollup(array(true))",
            "bingoguard_label(map(1, 2), 'x')")) {
      assertThatThrownBy(() -> spark.sql("SELECT " + call))
          .as(call)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("DATATYPE_MISMATCH");
    }
    assertThatThrownBy(() -> spark.sql("SELECT bingoguard_harmful_at(0.5)"))
        .hasMessageContaining("bingoguard_harmful_at(probability, threshold)")
        .satisfies(failure -> assertThat(code(failure)).isEqualTo(ErrorCode.SQL_ARGUMENT_INVALID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bingoguard_severity_name(int(id) + 7)",
        "bingoguard_harmful_at(id + 1.5, 0.5)",
        "bingoguard_harmful_at(0.5, double('NaN') + id)",
        "bingoguard_severity_score(array(0.5D, id))",
        "bingoguard_severity_score(array(0.5D, 0.5D, 0.5D, 0.5D, id))"
      })
  void valuesThatAreNoneAreRefusedWithACode(String call) {
    assertThatThrownBy(() -> spark.sql("SELECT " + call + " FROM range(1)").collectAsList())
        .hasStackTraceContaining("error [SQL_ARGUMENT_INVALID]")
        .satisfies(failure -> assertThat(code(failure)).isEqualTo(ErrorCode.SQL_ARGUMENT_INVALID));
  }

  @Test
  void anUnknownCategoryIsRefusedAndTheKnownOnesAreNamed() {
    assertThatThrownBy(() -> spark.sql("SELECT bingoguard_category_name('S99')").collectAsList())
        .hasStackTraceContaining("S11")
        .satisfies(failure -> assertThat(code(failure)).isEqualTo(ErrorCode.CATEGORY_UNKNOWN));
  }

  @Test
  void queriesOverTheFunctionsAreCompiled() {
    String plan =
        spark
            .sql("SELECT id % 3, bingoguard_rollup(id > 1, int(id)) FROM range(10) GROUP BY id % 3")
            .queryExecution()
            .executedPlan()
            .toString();

    assertThat(plan).contains("HashAggregate").doesNotContain("ObjectHashAggregate");
  }

  private void compile(boolean compiled) {
    spark.conf().set(WHOLE_STAGE, compiled);
    spark.conf().set(FACTORY, compiled ? "CODEGEN_ONLY" : "NO_CODEGEN");
  }

  private String described(String name) {
    return String.join(
        "\n",
        spark.sql("DESCRIBE FUNCTION EXTENDED " + name).collectAsList().stream()
            .map(row -> row.getString(0))
            .toList());
  }

  /** The one row of a query, columns apart by tabs. */
  private String shown(String query) {
    Row row = spark.sql(query).first();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.isNullAt(i) ? "NULL" : row.get(i).toString());
    }
    return String.join("\t", values);
  }

  private static ErrorCode code(Throwable failure) {
    return GuardException.in(failure).orElseThrow().code();
  }
}
