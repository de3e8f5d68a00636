package io.bingoguard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A small corpus, and what has to stand in the table of its labels. */
final class Labelled {
  private static final int FILES = 3;
  private static final int IN_EACH = 5;

  private Labelled() {}

  /** Writes the corpus: conversations c0, c1 and so on of one exchange each, in several files. */
  static Path corpus(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int file = 0; file < FILES; file++) {
      StringBuilder lines = new StringBuilder();
      for (int line = 0; line < IN_EACH; line++) {
        lines.append(
            """
            {"id":"c%d","prompt":"Which herbs suit soup number %d?","response":"Thyme, bay and some lovage."}
            """
                .formatted(file * IN_EACH + line, line));
      }
      Files.writeString(folder.resolve("part-%d.jsonl".formatted(file)), lines);
    }
    return folder;
  }

  /** The rows of a labels table, each conversation once and well. */
  static List<Row> rows(Path table) {
    Dataset<Row> labels = SharedSpark.session().read().format("delta").load(table.toString());
    List<Row> rows = labels.orderBy(LabelRow.CONVERSATION_ID).collectAsList();
    assertThat(rows)
        .extracting(row -> row.<String>getAs(LabelRow.CONVERSATION_ID))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, FILES * IN_EACH).mapToObj(id -> "c" + id).toList());
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("label_status")).isEqualTo("ok");
              assertThat(row.<Boolean>getAs("prompt_harmful")).isNotNull();
            });
    return rows;
  }
}
