package io.bingoguard.evaluate.dataset;

import static io.bingoguard.evaluate.dataset.GoldFiles.open;
import static io.bingoguard.evaluate.dataset.GoldFiles.prompts;
import static io.bingoguard.evaluate.dataset.GoldFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.testing.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldDatasetTest {
  private static final String RECORD =
      "{\"prompt\":\"How do I pick a lock?\",\"prompt_harmful\":true,\"severity\":null}";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "delta", "json"})
  void readsTypedTables(String format) {
    Path table = folder.resolve("table");
    SharedSpark.session()
        .read()
        .schema("prompt string, prompt_harmful boolean, severity double, extra array<int>")
        .json(SharedSpark.session().createDataset(List.of(RECORD), Encoders.STRING()))
        .write()
        .format(format)
        .save(table.toString());
    GoldDataset set = open(table);
    assertThat(set.cases())
        .extracting(GoldCase::exchange)
        .containsExactly(Exchange.ofPrompt("How do I pick a lock?"));
    assertThat(prompts(set)).containsExactly(Optional.of(true));
    assertThat(set.cases().get(0).severity()).isEmpty();
  }

  @Test
  void readsCsvAsRfc4180Says() {
    GoldDataset set =
        open(
            write(
                folder.resolve("g.csv"),
                "prompt_harmful,prompt",
                "unsafe,\"He said \"\"open\"\",",
                "and left\"",
                "safe,back\\slash"));
    assertThat(set.cases())
        .extracting(GoldCase::exchange)
        .containsExactly(
            Exchange.ofPrompt("He said \"open\",\nand left"), Exchange.ofPrompt("back\\slash"));
    assertThat(prompts(set)).containsExactly(Optional.of(true), Optional.of(false));
  }

  @Test
  void takesTheNamedFormatAndLayout() {
    Path file = write(folder.resolve("set.txt"), "{\"prompt\":\"q\",\"category\":\"s1\"}");
    GoldDataset set =
        GoldDataset.open(
            SharedSpark.session(),
            CorpusRequest.of(file.toString()).format(CorpusFormat.JSON_LINES).build(),
            Optional.of("gold"));
    assertThat(set.layout()).isEqualTo(DatasetLayout.GOLD);
    assertThat(set.cases().get(0).category()).contains("S1");
  }

  @Test
  void seesColumnsThatFirstOccurLate() {
    Path file = write(folder.resolve("late.jsonl"), "{\"prompt\":\"q\"}", RECORD);
    assertThat(open(file).leftOut()).containsEntry(LeftOut.NO_LABEL, 1);
  }

  @Test
  void saysWhatIsWrongWithTheLayout() {
    Path pairs = write(folder.resolve("pairs.csv"), "prompt,response", "q,a");
    refuses("DATASET_LAYOUT_UNKNOWN", () -> open(pairs))
        .hasMessageContaining("they are: prompt, response.")
        .hasMessageContaining("openai-moderation|xstest|");
    refuses("DATASET_LAYOUT_NOT_NAMED", () -> open(pairs, "xs-test"))
        .hasMessageContaining("There is no dataset layout 'xs-test'");
    refuses("DATASET_COLUMNS_MISSING", () -> open(pairs, "beavertails"))
        .hasMessageContaining("no column is_safe");
    refuses("DATASET_COLUMNS_MISSING", () -> open(pairs, "gold"))
        .hasMessageContaining(
            "no column any of prompt_harmful|response_harmful|category|severity;");
    Path both = write(folder.resolve("both.csv"), "prompt,type,prompt_harmful", "q,homonyms,1");
    refuses("DATASET_LAYOUT_AMBIGUOUS", () -> open(both)).hasMessageContaining(": xstest, gold.");
    assertThat(prompts(open(both, "gold"))).containsExactly(Optional.of(true));
  }

  @Test
  void refusesSetsWithoutCasesAndRecordsThatCannotBeRead() {
    refuses("DATASET_EMPTY", () -> open(write(folder.resolve("a.jsonl"), " ")))
        .hasMessageContaining("no record");
    refuses("DATASET_EMPTY", () -> open(write(folder.resolve("a.csv"), "prompt,toxicity")))
        .hasMessageContaining("no record");
    refuses("DATASET_EMPTY", () -> open(write(folder.resolve("b.csv"), "")));
    refuses(
            "DATASET_EMPTY",
            () -> open(write(folder.resolve("c.csv"), "user_input,toxicity", "q,", ",1", "r,")))
        .hasMessageContaining("1 records whose labels have no text to judge, 2 records without");
    refuses(
            "DATASET_RECORD_UNREADABLE",
            () -> open(write(folder.resolve("d.jsonl"), RECORD, "{oops", RECORD, "[1]")))
        .hasMessageContaining("record 2 cannot be read in the file's format, 2 in all")
        .hasMessageNotContaining("oops");
    refuses(
            "DATASET_RECORD_UNREADABLE",
            () -> open(write(folder.resolve("e.csv"), "user_input,toxicity", "q,1", "q, a,1")))
        .hasMessageContaining("record 2 ");
    refuses(
        "SOURCE_NOT_JSON_LINES",
        () -> open(write(folder.resolve("f.json"), "{ \"prompt\":", "\"q\"", "} }")));
  }

  @Test
  void namesTheRecordOfALabelThatIsNotUnderstood() {
    Path file =
        write(folder.resolve("t.csv"), "user_input,toxicity", "\"two", "lines\",1", "secret,x");
    refuses("DATASET_VALUE_INVALID", () -> open(file))
        .hasMessageContaining("t.csv, record 2: column toxicity holds 'x'. Expected 0 or 1")
        .hasMessageNotContaining("secret");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refuses(
      String code, ThrowingCallable opening) {
    return assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            GuardException.class, error -> assertThat(error.code()).hasToString(code));
  }
}
