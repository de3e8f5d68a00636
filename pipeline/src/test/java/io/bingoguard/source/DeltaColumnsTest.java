package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.record;
import static io.bingoguard.source.CorpusFixture.writeTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.testing.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of a Delta table that come, go and change their names between two runs. */
class DeltaColumnsTest {
  @TempDir private Path temp;
  private Path table;

  /** Two versions: the records, and the columns' leave to be renamed. */
  @BeforeEach
  void createTable() {
    table =
        writeTable(
            temp.resolve("table"),
            "delta",
            List.of(record("prompt", "q1", "response", "a1", "note", "n1")));
    sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
  }

  @Test
  void aReplyColumnThatWasRenamedOrDroppedIsRefused() {
    OptionalLong labelled = version();
    sql("ALTER TABLE delta.`%s` RENAME COLUMN response TO other");

    assertRefused(open(table), labelled);
    sql("ALTER TABLE delta.`%s` DROP COLUMN other");
    assertRefused(open(table), labelled);
  }

  @Test
  void whoNamesTheColumnsGoesOn() {
    OptionalLong labelled = version();
    sql("ALTER TABLE delta.`%s` RENAME COLUMN response TO other");

    Corpus named =
        open(
            CorpusRequest.of(table.toString())
                .column(ColumnRole.PROMPT, "prompt")
                .column(ColumnRole.RESPONSE, "other"));

    named.refuseLostColumns(labelled);
    assertThat(named.changes(labelled).version()).isEqualTo(version());
  }

  @Test
  void otherColumnsMayComeAndGo() {
    OptionalLong labelled = version();
    sql("ALTER TABLE delta.`%s` RENAME COLUMN note TO remark");
    sql("ALTER TABLE delta.`%s` ADD COLUMN (rating STRING)");

    Corpus changed = open(table);

    changed.refuseLostColumns(labelled);
    assertThat(changed.files()).hasSize(1);
    assertThat(changed.changes(labelled).version()).isEqualTo(version());
  }

  /** What was never read is no loss, nor is anything known where nothing was labelled. */
  @Test
  void onlyWhatWasThereCanBeLost() {
    sql("ALTER TABLE delta.`%s` DROP COLUMN response");
    OptionalLong labelled = version();
    sql("ALTER TABLE delta.`%s` DROP COLUMN note");

    open(table).refuseLostColumns(labelled);
    open(table).refuseLostColumns(OptionalLong.empty());
  }

  private static void assertRefused(Corpus corpus, OptionalLong labelled) {
    assertThatThrownBy(() -> corpus.refuseLostColumns(labelled))
        .hasMessageContaining("when it had the columns: response;")
        .extracting("code")
        .isEqualTo(ErrorCode.INPUT_READ_OTHERWISE);
    assertThat(corpus.files()).isNotEmpty();
    assertThatThrownBy(() -> corpus.changes(labelled))
        .extracting("code")
        .isEqualTo(ErrorCode.INPUT_READ_OTHERWISE);
  }

  private OptionalLong version() {
    Corpus corpus = open(CorpusRequest.of(table.toString()).column(ColumnRole.PROMPT, "prompt"));
    assertThat(corpus.files()).hasSize(1);
    return corpus.changes(OptionalLong.empty()).version();
  }

  private void sql(String statement) {
    SharedSpark.session().sql(statement.formatted(table));
  }
}
