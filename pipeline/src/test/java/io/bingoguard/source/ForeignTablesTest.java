package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.write;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.CorpusFixture.writeTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.GuardException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTablesTest {
  @TempDir private Path temp;
  private Path lake;

  @BeforeEach
  void useAFolderBelow() {
    lake = temp.resolve("lake");
  }

  @Test
  void refusesHudiTablesFromAboveWithinAndBelow() {
    Path table = lake.resolve("chats");
    write(table.resolve(".hoodie/hoodie.properties"), "hoodie.table.name=chats\n");
    Path partition = parquet(table.resolve("2024/05"));
    write(partition.resolve(".hoodie_partition_metadata"), "");

    for (Path input : List.of(lake, table, table.resolve("2024"), partition, fileOf(partition))) {
      refuses(input, "SOURCE_OF_HUDI", table.getFileName().toString());
    }
    Path copied = parquet(lake.resolve("copied"));
    write(copied.resolve(".hoodie_partition_metadata"), "");
    refuses(copied, "SOURCE_OF_HUDI", "load(TABLE)");
    refuses(fileOf(copied), "SOURCE_OF_HUDI", "copied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version-hint.text",
        "v3.metadata.json",
        "v3.gz.metadata.json",
        "00001-8d2f1a4e-0c7b-4f0f-9d55-0a1b2c3d4e5f.metadata.json"
      })
  void refusesIcebergTablesFromAboveWithinAndBelow(String version) {
    Path table = lake.resolve("chats");
    write(table.resolve("metadata").resolve(version), "{}");
    Path data = parquet(table.resolve("data/day=1"));

    for (Path input : List.of(lake, table, table.resolve("data"), data, fileOf(data))) {
      refuses(input, "SOURCE_OF_ICEBERG", "CATALOG.DATABASE.TABLE");
    }
  }

  @Test
  void refusesPartsOfDeltaTables() {
    Path table = lake.resolve("chats");
    write(table.resolve("_delta_log/00000000000000000000.json"), "{}");
    Path partition = parquet(table.resolve("day=1"));

    refuses(lake, "SOURCE_HOLDS_DELTA", "chats");
    refuses(partition, "SOURCE_WITHIN_DELTA", "chats");
    refuses(fileOf(partition), "SOURCE_WITHIN_DELTA", "chats");
    assertThatThrownBy(
            () ->
                CorpusFixture.open(
                    CorpusRequest.of(partition.toString()).format(CorpusFormat.DELTA)))
        .hasMessageContaining("belongs to the Delta table");
  }

  @Test
  void readsDeltaTablesThatAreAlsoDescribedForIceberg() {
    Path table = writeTable(lake.resolve("chats"), "delta", List.of(question()));
    write(table.resolve("metadata/v1.metadata.json"), "{}");
    assertThat(cells(CorpusFixture.open(table).batch().collectAsList()))
        .containsExactly(cell("1", 0, "q", null, null));
  }

  @Test
  void readsWhatOnlyLiesBesideTables() {
    write(lake.resolve("table/_delta_log/0.json"), "{}");
    write(lake.resolve("hudi/.hoodie/hoodie.properties"), "");
    write(lake.resolve("plain/metadata/notes.txt"), "");
    assertReads(parquet(lake.resolve("plain")));
    // Text in a table's folder is not the table's.
    assertReads(writeLines(lake.resolve("table/raw/a.jsonl"), List.of(question())));
  }

  private static void assertReads(Path input) {
    assertThat(cells(CorpusFixture.open(input).batch().collectAsList()))
        .containsExactly(cell("1", 0, "q", null, null));
  }

  private static void refuses(Path input, String code, String part) {
    assertThatThrownBy(() -> CorpusFixture.open(input))
        .as(input.toString())
        .isInstanceOfSatisfying(
            GuardException.class, error -> assertThat(error.code()).hasToString(code))
        .hasMessageContaining(part);
  }

  private static Path parquet(Path folder) {
    return writeTable(folder, "parquet", List.of(question()));
  }

  private static Path fileOf(Path folder) {
    return folder.toFile().listFiles((dir, name) -> name.endsWith(".parquet"))[0].toPath();
  }

  private static Map<String, Object> question() {
    return Map.of("id", "1", "prompt", "q");
  }
}
