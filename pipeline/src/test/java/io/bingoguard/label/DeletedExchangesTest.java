package io.bingoguard.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.table.FilesAgreement;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.testing.FakeLabeller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Labels of what the input no longer holds are marked on request. */
class DeletedExchangesTest extends LabelRuns {
  @Test
  void labelsOfRowsDeletedFromADeltaTableAreMarkedUntilTheyAreBack() {
    table(0, 6);
    run("run-1");
    sql("UPDATE delta.`%s` SET prompt = 'prompt 6 harm' WHERE prompt = 'prompt 5'");
    sql("DELETE FROM delta.`%s` WHERE prompt = 'prompt 1'");

    LabelSummary second = marking("run-2");

    assertThat(second.markedDeleted()).isEqualTo(2);
    assertThat(marked()).containsExactly("prompt 1", "prompt 5");
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 7));
    sql("RESTORE TABLE delta.`%s` TO VERSION AS OF 0");
    FakeLabeller idle = labeller("run-3");
    builder("run-3", idle, 32).policy(policy()).prepare().execute();
    assertThat(idle.labelled()).isZero();
    assertThat(marked()).containsExactly("prompt 6 harm");
  }

  @Test
  void labelsOfFilesThatAreGoneOrChangedAreMarkedUntilTheyAreBack() throws IOException {
    pairs("a.jsonl", 0, 3);
    pairs("b.jsonl", 3, 5);
    pairs("c.jsonl", 5, 7);
    run("run-1");
    String gone = Files.readString(input.resolve("b.jsonl"));
    Files.delete(input.resolve("b.jsonl"));
    pairs("a.jsonl", 1, 3);

    LabelSummary second = marking("run-2");

    assertThat(second.markedDeleted()).isEqualTo(3);
    assertThat(marked()).containsExactly("prompt 0 harm", "prompt 3", "prompt 4 harm");
    assertThat(marking("run-3").markedDeleted()).isZero();
    Files.writeString(input.resolve("b.jsonl"), gone);
    assertThat(marking("run-4").statistics().exchanges()).isZero();
    assertThat(marked()).containsExactly("prompt 0 harm");
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 7));
  }

  @Tag("histories")
  @Test
  void whatIsBackIsUnmarkedByWhicheverRunSeesIt() throws IOException {
    pairs("a.jsonl", 0, 3);
    pairs("b.jsonl", 3, 5);
    run("run-1");
    String gone = Files.readString(input.resolve("b.jsonl"));
    Files.delete(input.resolve("b.jsonl"));
    marking("run-2");
    assertThat(run("run-3").files().gone()).isEmpty();
    Files.writeString(input.resolve("b.jsonl"), gone);

    LabelSummary plain = run("run-4");

    assertThat(plain.statistics().exchanges()).isZero();
    assertThat(plain.unmarked()).isEqualTo(2);
    assertThat(marked()).isEmpty();
  }

  @Tag("histories")
  @Test
  void aRescanMarksWhatChangedSinceTheOldModel() throws IOException {
    pairs("a.jsonl", 0, 3);
    pairs("b.jsonl", 3, 5);
    run("run-1");
    Files.delete(input.resolve("b.jsonl"));
    pairs("a.jsonl", 1, 3);
    RunStamp stamp = FakeLabeller.stamp("run-2", "revision-2");

    LabelSummary second =
        builder(stamp, new FakeLabeller(stamp, true), corpus())
            .policy(policy().with(InputPolicy.Choice.RESCAN, true))
            .prepare()
            .execute();

    assertThat(second.markedDeleted()).isEqualTo(3);
    assertThat(marked()).containsExactly("prompt 0 harm", "prompt 3", "prompt 4 harm");
  }

  @Tag("histories")
  @Test
  void labelsOfOtherTablesAreLeftAloneWhateverIsForgotten() {
    table(0, 4);
    run("run-1");
    Path first = input;
    input = folder.resolve("other");
    table(0, 6);
    run("run-2");
    FilesAgreement.of(spark, OutputDirectory.open(output.toString(), new Configuration()))
        .rebuild();
    input = first;
    marking("run-3");
    sql("DELETE FROM delta.`%s` WHERE prompt = 'prompt 1'");

    assertThat(marking("run-4").markedDeleted()).isEqualTo(1);

    input = folder.resolve("third");
    table(0, 7);
    assertThat(run("run-5").statistics().exchanges()).isEqualTo(7);
  }

  @Test
  void nothingIsMarkedUnasked() throws IOException {
    pairs("a.jsonl", 0, 3);
    pairs("b.jsonl", 3, 5);
    run("run-1");
    Files.delete(input.resolve("b.jsonl"));

    run("run-2");

    assertThat(marked()).isEmpty();
  }

  private LabelSummary marking(String run) {
    return builder(run, 32).policy(policy()).prepare().execute();
  }

  private static InputPolicy policy() {
    return InputPolicy.USUAL.with(InputPolicy.Choice.MARK_DELETED, true);
  }

  private List<String> marked() {
    return labels()
        .where("source_deleted")
        .select("prompt_text")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  private void table(int from, int to) {
    spark
        .read()
        .json(spark.createDataset(List.of(lines(from, to).split("\n")), Encoders.STRING()))
        .write()
        .format("delta")
        .mode("append")
        .save(input.toString());
  }
}
