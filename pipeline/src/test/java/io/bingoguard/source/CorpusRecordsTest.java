package io.bingoguard.source;

import static io.bingoguard.source.ParquetFixture.writeParquet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.testing.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet files whose records cannot be written again as they are. */
class CorpusRecordsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optional int64 odd (TIMESTAMP(NANOS,false));",
        "optional int64 odd (TIME(MICROS,true));",
        "optional group odd { optional int64 at (TIME(MICROS,true)); }",
        "optional fixed_len_byte_array(16) odd (UUID);"
      })
  void aColumnOfATypeThatSparkDoesNotHaveIsNamedWithItsFile(String column) {
    file("a.parquet", "");
    file("b.parquet", column);

    assertThat(refused()).hasMessageContainingAll("b.parquet", "column 'odd'", "timestamp[us]");
  }

  @Test
  void aColumnOfDifferentTypesIsNamedWithBothFiles() {
    file("a.parquet", "optional binary note (UTF8);");
    file("b.parquet", "");
    file("c.parquet", "optional int32 note;");

    assertThat(refused())
        .hasMessageContainingAll("Column 'note'", "STRING", "a.parquet", "INT", "c.parquet")
        .hasMessageNotContaining("..");
  }

  private void file(String name, String further) {
    List<Consumer<Group>> rows =
        List.of(row -> row.append("prompt", "question").append("response", "answer"));
    writeParquet(
        folder.resolve(name),
        "required binary prompt (UTF8); required binary response (UTF8); " + further,
        rows);
  }

  private GuardException refused() {
    Corpus corpus = Corpus.open(SharedSpark.session(), CorpusRequest.of(folder.toString()).build());
    GuardException refusal =
        catchThrowableOfType(GuardException.class, () -> corpus.records(corpus.files()));
    assertThat(refusal.code()).isEqualTo(ErrorCode.CURATE_INPUT_UNSUITED);
    return refusal;
  }
}
