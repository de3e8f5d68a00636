package io.bingoguard.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bingoguard.curate.ChangingCorpus.Turn;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.source.CorpusFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run makes of what an earlier one has made: the same as one from nothing, for less. */
class IncrementalCurationTest {
  private static final CurationRules CONVERSATIONS = rules(CurationRules.Unit.CONVERSATION);

  @TempDir Path folder;

  private static CurationRules rules(CurationRules.Unit unit) {
    return new CurationRules(
        CurationRules.Side.BOTH,
        unit,
        OptionalDouble.empty(),
        OptionalInt.empty(),
        Map.of(),
        CurationRules.Doubt.REMOVE,
        CurationRules.Doubt.FAIL);
  }

  @Tag("histories")
  @ParameterizedTest
  @CsvSource({"JSON_LINES, CONVERSATION, 5", "PARQUET, CONVERSATION, 2", "JSON_LINES, EXCHANGE, 2"})
  void filesThatComeGoAndChangeLeaveWhatARunFromNothingMakes(
      CorpusFormat format, CurationRules.Unit unit, int steps) throws IOException {
    Random random = new Random(steps);
    ChangingCorpus corpus = new ChangingCorpus(folder, format);
    List<String> names = new ArrayList<>();
    for (int file = 0; file < 4; file++) {
      names.add("f" + file);
      corpus.write("f" + file, turns(random));
    }
    int parted = 0;
    for (int step = 0; step < steps; step++) {
      int file = random.nextInt(names.size());
      switch (random.nextInt(4)) {
        case 0 -> {
          names.add("n" + step);
          corpus.write("n" + step, turns(random));
        }
        case 1 -> corpus.write(names.get(file), turns(random));
        case 2 -> corpus.delete(names.remove(file));
        default ->
            corpus.turn(
                "conversation_id = 'c%d' AND input_file LIKE '%%/%s.%%'"
                    .formatted(random.nextInt(12), names.get(file)));
      }
      corpus.label();
      CurationSummary summary = assertAsFromNothing(corpus, rules(unit), step);
      parted += step > 0 && summary.parted() == names.size() ? 1 : 0;
    }
    assertThat(parted).as("runs that read everything").isLessThan(steps / 2);
  }

  /** Few of many conversations go over several files. */
  private static List<Turn> turns(Random random) {
    List<Turn> turns = new ArrayList<>();
    for (int turn = 0; turn < 3; turn++) {
      turns.add(
          new Turn(
              "c" + random.nextInt(12), "text " + random.nextInt(1000), random.nextInt(4) == 0));
    }
    return turns;
  }

  private CurationSummary assertAsFromNothing(ChangingCorpus corpus, CurationRules rules, int step)
      throws IOException {
    Path fresh = folder.resolve("fresh" + step);
    CurationSummary expected = corpus.curate(fresh, rules);
    CurationSummary summary = corpus.curate(output(), rules);
    assertThat(corpus.sets(output())).as("step %d", step).isEqualTo(corpus.sets(fresh));
    assertThat(summary.counts()).isEqualTo(expected.counts());
    assertThat(summary.byReason()).isEqualTo(expected.byReason());
    return summary;
  }

  private Path output() {
    return folder.resolve("clean");
  }

  @Tag("histories")
  @Test
  void aTableThatGrowsIsAddedToUntilARowOfItGoesOrALabelChanges() throws IOException {
    ChangingCorpus corpus = new ChangingCorpus(folder, CorpusFormat.DELTA);
    corpus.write("", List.of(new Turn("a", "1", false), new Turn("b", "2", true)));
    corpus.label();
    assertThat(corpus.curate(output(), CONVERSATIONS).parted()).isEqualTo(1);

    // Again a record that is there, another of a conversation that is removed, and a new one.
    corpus.write(
        "",
        List.of(new Turn("a", "1", false), new Turn("b", "3", false), new Turn("c", "4", true)));
    corpus.label();
    CurationSummary grown = assertAsFromNothing(corpus, CONVERSATIONS, 1);
    assertThat(grown.parted()).isEqualTo(1);
    assertThat(grown.files()).isEqualTo(2);

    // It takes a record with it that was kept.
    corpus.write("", List.of(new Turn("a", "5", true)));
    corpus.label();
    assertThat(assertAsFromNothing(corpus, CONVERSATIONS, 2).parted()).isEqualTo(3);

    corpus.deleteRows("prompt = '3'");
    assertThat(assertAsFromNothing(corpus, CONVERSATIONS, 3).counts().records()).isEqualTo(5);

    corpus.turn("conversation_id = 'c'");
    assertThat(assertAsFromNothing(corpus, CONVERSATIONS, 4).counts().kept()).isEqualTo(1);
    assertThat(corpus.curate(output(), CONVERSATIONS).parted()).isZero();
  }

  @Test
  void onlyFilesThatSomethingHasChangedForAreWrittenAgain() throws IOException {
    ChangingCorpus corpus = new ChangingCorpus(folder, CorpusFormat.JSON_LINES);
    corpus.write("a", List.of(new Turn("long", "1", false), new Turn("x", "2", false)));
    corpus.write("b", List.of(new Turn("y", "3", true), new Turn("z", "4", false)));
    corpus.label();
    assertThat(corpus.curate(output(), CONVERSATIONS).parted()).isEqualTo(2);
    Map<Path, String> before = kept();

    corpus.write("c", List.of(new Turn("new", "5", false)));
    corpus.label();
    assertThat(corpus.curate(output(), CONVERSATIONS).parted()).isEqualTo(1);
    assertThat(kept()).containsAllEntriesOf(before).hasSize(3);

    // The conversation began in the first file, which now loses it.
    corpus.write("d", List.of(new Turn("long", "6", true)));
    corpus.label();
    CurationSummary summary = corpus.curate(output(), CONVERSATIONS);
    assertThat(summary.parted()).isEqualTo(2);
    assertThat(summary.byReason()).isEqualTo(Map.of("response_harmful", 2L, "conversation", 1L));

    corpus.delete("d");
    CurationSummary gone = corpus.curate(output(), CONVERSATIONS);
    assertThat(gone.parted()).as("the first file gets it back").isEqualTo(1);
    assertThat(gone.gone()).isEqualTo(1);
    assertThat(gone.counts()).isEqualTo(new SetCounts(5, 4, 1));
    Map<Path, String> after = kept();
    assertThat(corpus.curate(output(), CONVERSATIONS)).isEqualTo(gone.again());
    assertThat(kept()).isEqualTo(after);
  }

  private Map<Path, String> kept() throws IOException {
    Map<Path, String> files = new HashMap<>();
    for (Path file : ChangingCorpus.files(output().resolve("kept"))) {
      files.put(file, Files.readString(file));
    }
    return files;
  }

  @Test
  void whatIsNoLongerWholeIsMadeAnew() throws IOException {
    ChangingCorpus corpus = new ChangingCorpus(folder, CorpusFormat.PARQUET);
    corpus.write("a", List.of(new Turn("a", "1", true)));
    corpus.write("b", List.of(new Turn("b", "2", true)));
    corpus.label();
    CurationSummary first = corpus.curate(output(), CONVERSATIONS);
    assertThat(first.counts()).isEqualTo(new SetCounts(2, 0, 2));
    assertThat(corpus.sets(output()).get("kept")).as("a set without records").isEmpty();

    Files.delete(ChangingCorpus.files(output().resolve("removed")).get(0));
    assertThat(corpus.curate(output(), CONVERSATIONS).anew()).contains("not as they were");
    assertThat(corpus.sets(output()).get("removed")).hasSize(2);

    // As after a run that ended while it put things in their place.
    Files.delete(output().resolve("curation.json"));
    assertThat(corpus.curate(output(), CONVERSATIONS).anew()).contains("did not end well");

    Files.delete(output().resolve("files/_delta_log/00000000000000000000.json"));
    assertThat(corpus.curate(output(), CONVERSATIONS).parted()).isEqualTo(2);
    assertThat(corpus.sets(output()).get("removed")).hasSize(2);
  }

  @Tag("histories")
  @Test
  void otherColumnsAndEmptiedSetsLeaveWhatReadersOfParquetNeed() throws IOException {
    ChangingCorpus corpus = new ChangingCorpus(folder, CorpusFormat.PARQUET);
    corpus.write("a", List.of(new Turn("a", "1", false)));
    corpus.write("b", List.of(new Turn("b", "2", true)));
    corpus.label();
    corpus.curate(output(), CONVERSATIONS);

    corpus.delete("a");
    assertThat(assertAsFromNothing(corpus, CONVERSATIONS, 0).counts())
        .isEqualTo(new SetCounts(1, 0, 1));

    corpus.writeScored("c", List.of(new Turn("c", "3", true)));
    corpus.label();
    assertThat(assertAsFromNothing(corpus, CONVERSATIONS, 1).anew()).contains("other columns");

    corpus.write("d", List.of(new Turn("d", "4", true)));
    corpus.label();
    assertThat(assertAsFromNothing(corpus, CONVERSATIONS, 2).parted()).isEqualTo(1);
  }

  @Tag("histories")
  @Test
  void labelsThatWerePutBackAreNotTakenForThoseThatWereThere() throws IOException {
    ChangingCorpus corpus = new ChangingCorpus(folder, CorpusFormat.JSON_LINES);
    corpus.write("a", List.of(new Turn("a", "1", false), new Turn("b", "2", false)));
    corpus.label();
    corpus.copyLabels(false);
    corpus.turn("conversation_id = 'a'");
    corpus.curate(output(), CONVERSATIONS);

    corpus.copyLabels(true);
    corpus.turn("conversation_id = 'b'");

    assertThat(assertAsFromNothing(corpus, CONVERSATIONS, 0).anew()).contains("another copy");
  }

  @Test
  void aRunWhoseRecordsCannotBeWrittenSaysWhyAndLeavesNothingHalfDone() throws IOException {
    ChangingCorpus corpus = new ChangingCorpus(folder, CorpusFormat.JSON_LINES);
    corpus.write("a", List.of(new Turn("a", "1", false)));
    corpus.label();

    GuardException failure =
        catchThrowableOfType(
            GuardException.class, () -> corpus.curate(output(), CONVERSATIONS, this::stand));

    assertThat(failure.code()).isEqualTo(ErrorCode.RUN_FAILED);
    assertThat(failure).hasMessageContainingAll(output().toString(), "_next/kept");
    assertThat(output().resolve("_next")).doesNotExist();
    assertThat(corpus.curate(output(), CONVERSATIONS).parted()).isEqualTo(1);
  }

  /** Stands in the way of the records that are kept. */
  private void stand(String step) {
    if (step.equals("Writing the records that are kept")) {
      try {
        Files.createFile(output().resolve("_next/kept"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
