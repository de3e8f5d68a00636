package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code label --long-text --prepare --languages}: how texts get to the demo model. */
class TextOptionsTest {
  private static final String ENGLISH =
      "Can you give me a simple recipe for a loaf of bread at home?";

  @TempDir private Path folder;
  private Path corpus;
  private Path output;

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = folder.resolve("corpus.jsonl");
    output = folder.resolve("output");
    SharedSpark.session();
    exchange("english", ENGLISH);
    exchange("german", "Kannst du mir bitte ein einfaches Rezept für ein Brot zu Hause geben?");
    exchange("hidden", "Bre\u200bad, ple\u202ease: ｎｏ ｏｖｅｎ <b>here</b>");
    exchange("long", "The garden was quiet and nobody came. ".repeat(1500));
  }

  @Test
  void allIsJudgedAsItIsUnlessSomethingElseIsAskedFor() {
    assertThat(label("--conf", "spark.bingoguard.maxTokens=1024").exit()).isZero();

    assertThat(values("label_status")).containsValues("ok").doesNotContainValue("truncated");
    assertThat(values("prepared").values()).containsOnlyNulls();
    assertThat(values("language"))
        .containsEntry("english", "en")
        .containsEntry("german", "de")
        .containsEntry("hidden", "und");
    Row longText = row("long");
    assertThat(longText.<Integer>getAs("windows")).isGreaterThan(2);
    Row window = longText.<Row>getAs("window_of_verdict").getStruct(0);
    assertThat(window.getInt(1) - window.getInt(0)).isBetween(1_000, 6_000);
    assertThat(longText.<Row>getAs("window_of_verdict").isNullAt(1)).isTrue();
  }

  @Test
  void otherLanguagesAreLeftOutUntilTheyAreAskedFor() {
    assertThat(label("--languages", "English").exit()).isZero();
    assertThat(values("label_status"))
        .containsEntry("german", "skipped_language")
        .containsEntry("hidden", "ok");
    assertThat(row("german").<Boolean>getAs("prompt_harmful")).isNull();

    assertThat(label("--retry-errors").exit()).isZero();

    assertThat(values("label_status")).hasSize(4).containsEntry("german", "ok");
    assertThat(label("--languages", "Elvish").err()).contains("LANGUAGE_UNKNOWN", "Elvish");
  }

  @Test
  void textsArePreparedAndTheTableTells() {
    assertThat(label("--prepare", "nfkc,invisible,markup", "--include-text").exit()).isZero();

    assertThat(values("prepared"))
        .containsEntry("hidden", "invisible,markup,nfkc")
        .containsEntry("english", null);
    assertThat(row("hidden").<String>getAs("prompt_text")).contains("Bre\u200bad");
    Row run =
        SharedSpark.session()
            .read()
            .format("delta")
            .load(output + "/runs")
            .select("settings")
            .first();
    assertThat(run.<String, String>getJavaMap(0))
        .containsEntry("spark.bingoguard.prepare", "nfkc,invisible,markup");
  }

  @Test
  void aTextThatPreparationEmptiedIsJudgedWithoutItOnRequest() throws IOException {
    exchange("tags", "<b></b>");
    assertThat(label("--prepare", "markup").exit()).isZero();
    assertThat(values("label_status")).containsEntry("tags", "skipped_empty");

    assertThat(label("--retry-errors").exit()).isZero();

    assertThat(values("label_status")).hasSize(5).doesNotContainEntry("tags", "skipped_empty");
  }

  @Test
  void longTextsAreCutOrLeftOutOnRequest() {
    assertThat(label("--long-text", "truncate").exit()).isZero();
    assertThat(values("label_status")).containsEntry("long", "truncated");
    output = folder.resolve("other");
    assertThat(label("--long-text", "skip").exit()).isZero();
    assertThat(values("label_status")).containsEntry("long", "skipped_long");
    assertThat(label("--long-text", "cut").err()).contains("spark.bingoguard.longText", "'cut'");
  }

  private void exchange(String id, String prompt) throws IOException {
    String line =
        new JsonMapper().writeValueAsString(new TreeMap<>(Map.of("id", id, "prompt", prompt)));
    Files.writeString(
        corpus, Files.exists(corpus) ? Files.readString(corpus) + line + "\n" : line + "\n");
  }

  private CommandRun label(Object... options) {
    Object[] usual = {"label", "--input", corpus, "--output", output};
    return CommandRun.of(Stream.concat(Arrays.stream(usual), Arrays.stream(options)).toArray());
  }

  private Row row(String id) {
    return SharedSpark.session()
        .read()
        .format("delta")
        .load(output + "/labels")
        .where("conversation_id = '%s'".formatted(id))
        .first();
  }

  private Map<String, String> values(String column) {
    Map<String, String> values = new TreeMap<>();
    SharedSpark.session()
        .read()
        .format("delta")
        .load(output + "/labels")
        .select("conversation_id", column)
        .collectAsList()
        .forEach(row -> values.put(row.getString(0), row.getString(1)));
    return values;
  }
}
