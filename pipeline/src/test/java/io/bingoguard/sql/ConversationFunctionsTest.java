package io.bingoguard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.testing.SharedSpark;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of a conversation, against what the job reads. */
class ConversationFunctionsTest {
  private static final String SAMPLES = "src/main/resources/io/bingoguard/sample/";
  private static final Pattern EXAMPLE = Pattern.compile("> (SELECT .*)\\R +(.*)");

  private final SparkSession spark = SharedSpark.session();

  @ParameterizedTest
  @CsvSource({"conversations, messages", "transcripts, transcript"})
  void exchangesOfAColumnAreThoseOfTheCorpus(String sample, String column) {
    String file = SAMPLES + sample + ".jsonl";
    List<Row> expected =
        Corpus.open(spark, CorpusRequest.of(file).build())
            .batch()
            .select("turn_index", "prompt", "response", "error_code")
            .collectAsList();

    List<Row> seen =
        spark
            .read()
            .json(file)
            .selectExpr("explode(bingoguard_exchanges(%s)) AS e".formatted(column))
            .select("e.*")
            .collectAsList();

    assertThat(seen).hasSizeGreaterThan(50).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anIdDoesNotHangOnHowAConversationIsWritten(boolean compiled) {
    spark.conf().set("spark.sql.codegen.wholeStage", compiled);
    try {
      Row ids =
          spark
              .sql(
                  "SELECT bingoguard_conversation_id(t), bingoguard_conversation_id(j),"
                      + " bingoguard_conversation_id(s), bingoguard_conversation_id(m), bingoguard_conversation_id(n)"
                      + " FROM (SELECT '\\n\\nHuman: Hi\\n\\nAssistant: Hello' || if(id = 0, '', id) AS t,"
                      + " '[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Hello\"}]' AS j,"
                      + " array(named_struct('from', 'human', 'value', 'Hi'), named_struct('from', 'gpt', 'value', 'Hello')) AS s,"
                      + " array(map('role', 'user', 'content', 'Hi'), map('role', 'assistant', 'content', 'Hello')) AS m,"
                      + " if(id = 0, null, 'x') AS n FROM range(1))")
              .first();

      assertThat(ids.getString(0)).hasSize(64);
      assertThat(List.of(ids.get(1), ids.get(2), ids.get(3))).containsOnly(ids.get(0));
      assertThat(ids.isNullAt(4)).isTrue();
    } finally {
      spark.conf().unset("spark.sql.codegen.wholeStage");
    }
  }

  @Test
  void whatIsNoExchangeSaysWhy() {
    assertThat(
            spark
                .sql(
                    "SELECT e.turn_index, e.prompt, e.error_code FROM (SELECT explode(bingoguard_exchanges(c)) AS e"
                        + " FROM VALUES ('[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"ghost\",\"content\":\"Boo\"}]'),"
                        + " (''), ('Just a text') AS t(c))")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[0,Hi,null]",
            "[1,null,SOURCE_UNKNOWN_ROLE]",
            "[0,null,SOURCE_EMPTY_CONVERSATION]",
            "[0,null,SOURCE_MALFORMED_TRANSCRIPT]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bingoguard_exchanges", "bingoguard_conversation_id"})
  void aFunctionIsDocumentedAndRefusesOtherTypes(String name) {
    String manual =
        String.join(
            "\n",
            spark.sql("DESCRIBE FUNCTION EXTENDED " + name).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList());

    Matcher example = EXAMPLE.matcher(manual);
    assertThat(example.find()).as(manual).isTrue();
    Row row = spark.sql(example.group(1)).first();
    assertThat(row.mkString("\t")).isEqualTo(example.group(2));
    assertThatThrownBy(() -> spark.sql("SELECT %s(map(1, 2))".formatted(name)))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("DATATYPE_MISMATCH");
  }
}
