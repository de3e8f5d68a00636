package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.assertReads;
import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of JSON Lines to which somebody is still writing. */
class UnfinishedLinesTest {
  private static final String FIRST = "{\"id\":\"1\",\"prompt\":\"q1\"}\n";
  private static final String SECOND = "{\"id\":\"2\",\"prompt\":\"q2 ä\"}";

  @TempDir private Path temp;

  @Test
  void aLastLineThatIsNoRecordIsNotReadYet() {
    Path file = write("a.jsonl", FIRST + SECOND.substring(0, 15));

    Corpus corpus = open(file);

    assertReads(corpus, cell("1", 0, "q1", null, null));
    assertThat(corpus.files()).extracting(DataFile::length).containsExactly((long) FIRST.length());
    assertThat(corpus.describe()).contains("not read yet", "the last line of 1 files", "a.jsonl");
  }

  @Test
  void whatIsWholeIsReadWithAndWithoutALineFeed() throws IOException {
    write("a.jsonl", FIRST + SECOND);
    write("b.jsonl", "{\"id\":\"3\",\"prompt\":\"q3\"}\n{broken\n");
    write("c.jsonl", "{\"id\":\"4\",\"prompt\":\"q4\"}\n  ");

    Corpus corpus = open(temp);

    assertThat(cells(corpus.batch().collectAsList()))
        .extracting(CorpusFixture.Cells::prompt)
        .containsExactlyInAnyOrder("q1", "q2 ä", "q3", null, "q4");
    assertThat(corpus.files())
        .extracting(DataFile::length)
        .first()
        .isEqualTo(Files.size(temp.resolve("a.jsonl")));
    assertThat(corpus.describe()).doesNotContain("not read yet");
  }

  /** So it gets its row with an error, once nobody is taken to be writing any longer. */
  @Test
  void aLineThatStayedAsItIsForADayIsRead() throws IOException {
    Path file = write("a.jsonl", FIRST + "{broken");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    Corpus corpus = open(file);

    assertThat(cells(corpus.batch().collectAsList()))
        .extracting(CorpusFixture.Cells::errorCode)
        .containsExactly(null, "SOURCE_CORRUPT_RECORD");
    assertThat(corpus.describe()).doesNotContain("not read yet");
  }

  @Test
  void aLongLineIsFoundFromItsEnd() {
    String halfLong = "{\"prompt\":\"" + "é".repeat(100_000);
    write("a.jsonl", FIRST);
    write("b.jsonl", FIRST.replace('1', '2') + halfLong);
    write("c.jsonl", halfLong);

    Corpus corpus = open(temp);

    assertReads(corpus, cell("1", 0, "q1", null, null), cell("2", 0, "q2", null, null));
    assertThat(corpus.describe()).contains("the last line of 2 files");
  }

  @Test
  void aFileOfNothingElseIsNoCorpus() {
    Path file = write("a.jsonl", "not JSON");

    assertThatThrownBy(() -> open(file))
        .hasMessageContaining("none of the first 1 lines")
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_NOT_JSON_LINES);
  }

  private Path write(String name, String text) {
    return CorpusFixture.write(temp.resolve(name), text);
  }
}
