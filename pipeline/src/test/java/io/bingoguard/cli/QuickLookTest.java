package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code label --plan} and {@code label --limit}: what is known before all of an input is labelled.
 */
class QuickLookTest {
  @TempDir private Path folder;
  private Path corpus;
  private Path output;

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = folder.resolve("corpus.jsonl");
    output = folder.resolve("output");
    SharedSpark.session();
    Files.write(
        corpus,
        IntStream.range(0, 20)
            .mapToObj(
                number ->
                    """
                    {"messages":[{"role":"user","content":"bread %1$d"},{"role":"assistant","content":"flour"},\
                    {"role":"user","content":"and jam %1$d"}]}"""
                        .formatted(number))
            .toList());
  }

  @Test
  void aPlanTellsWhatAllOfTheInputTakesAndWritesNothing() throws IOException {
    Path summary = folder.resolve("plan.json");

    CommandRun run = label("--plan", "--summary", summary);

    assertThat(run.err()).doesNotContain("error [");
    assertThat(run.out())
        .containsPattern("conversations +20\n")
        .containsPattern("exchanges +40, 2\\.0 a conversation\n")
        .containsPattern("input tokens +[0-9,]+, [0-9,]+ an exchange in 40 that were tried")
        .containsPattern("time +about \\d+ s for all");
    assertThat(output).doesNotExist();
    JsonNode json = new JsonMapper().readTree(summary.toFile());
    assertThat(json.get("exchanges").asInt()).isEqualTo(40);
    assertThat(json.get("exchanges_counted").asBoolean()).isTrue();

    label();

    long tokens = rows().stream().mapToLong(row -> row.<Integer>getAs("input_tokens")).sum();
    assertThat(json.get("input_tokens").asLong()).isEqualTo(tokens);
  }

  @Test
  void aPlanCountsRecordsOfTheSameIdAsLabelDoes() throws IOException {
    Files.write(
        corpus,
        IntStream.range(0, 2500)
            .mapToObj("{\"id\":\"same\",\"prompt\":\"bread %d\",\"response\":\"flour\"}"::formatted)
            .toList());

    assertThat(label("--plan").out())
        .containsPattern("conversations +2,500\n")
        .containsPattern("exchanges +about 2,500, 1\\.0 a conversation in the first 2,000");
  }

  @Test
  void aPlanTellsOfWhatCannotBeJudged() throws IOException {
    Files.writeString(corpus, "no record\n", StandardOpenOption.APPEND);

    assertThat(label("--plan").out()).containsPattern("errors +1 of 41 exchanges");
  }

  @Test
  void aLimitLabelsTheFirstExchangesIntoAnOutputOfTheirOwn() {
    CommandRun first = label("--limit", 5);

    assertThat(first.exit()).isZero();
    assertThat(first.out()).contains("Quick look at the first 5 exchanges");
    assertThat(rows().stream().map(row -> row.<Long>getAs("input_row")))
        .containsExactlyInAnyOrder(0L, 0L, 1L, 1L, 2L);

    CommandRun whole = label();

    assertThat(whole.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(whole.err()).contains("OUTPUT_UNSUITABLE", "--limit 5");
    CommandRun again = label("--limit", 7);
    assertThat(again.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err()).contains("OUTPUT_UNSUITABLE", "holds labels already");
    assertThat(rows()).hasSize(5);

    CommandRun status = CommandRun.of("status", "--output", output);
    assertThat(status.exit()).isZero();
    assertThat(status.out()).contains("A quick look at the first 5 exchanges");
  }

  @Test
  void aLimitIsNoneInAnOutputOfWholeRuns() {
    label();

    CommandRun limited = label("--limit", 5);

    assertThat(limited.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(limited.err()).contains("OUTPUT_UNSUITABLE");
    assertThat(rows()).hasSize(40);
  }

  @Test
  void refusesLimitsThatMakeNoSense() {
    assertThat(label("--limit", 0).err()).contains("[USAGE]", "expected 1 to 1000000");
    assertThat(label("--limit", 3, "--plan").err()).contains("[USAGE]", "--plan");
    assertThat(output).doesNotExist();
  }

  private CommandRun label(Object... further) {
    Object[] all = new Object[5 + further.length];
    System.arraycopy(new Object[] {"label", "--input", corpus, "--output", output}, 0, all, 0, 5);
    System.arraycopy(further, 0, all, 5, further.length);
    return CommandRun.of(all);
  }

  private List<Row> rows() {
    return SharedSpark.session()
        .read()
        .format("delta")
        .load(output.resolve("labels").toString())
        .collectAsList();
  }
}
