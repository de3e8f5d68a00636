package io.bingoguard.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Writes small corpora in any format and reads exchanges back as cells. */
final class CorpusFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CorpusFixture() {}

  /** A record, or an object within one: names and values by turns. */
  static Map<String, Object> record(Object... namesAndValues) {
    Map<String, Object> record = new LinkedHashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      record.put((String) namesAndValues[index], namesAndValues[index + 1]);
    }
    return record;
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static Path write(Path file, String text) {
    return writeBytes(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path writeBytes(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      if (file.toString().endsWith(".gz")) {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
          out.write(bytes);
        }
      } else {
        Files.write(file, bytes);
      }
      return file;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Path writeLines(Path file, List<?> records) {
    StringBuilder text = new StringBuilder();
    records.forEach(record -> text.append(json(record)).append('\n'));
    return write(file, text.toString());
  }

  /** Lets Spark write records as Parquet or Delta, in one file and their order. */
  static Path writeTable(Path folder, String format, List<? extends Map<String, ?>> records) {
    Dataset<String> lines =
        SharedSpark.session()
            .createDataset(records.stream().map(CorpusFixture::json).toList(), Encoders.STRING());
    SharedSpark.session()
        .read()
        .json(lines)
        .coalesce(1)
        .write()
        .format(format)
        .mode("append")
        .save(folder.toString());
    return folder;
  }

  static Path writeCsv(Path file, List<String> header, List<List<String>> records) {
    StringBuilder text = new StringBuilder(csvLine(header));
    records.forEach(record -> text.append(csvLine(record)));
    return write(file, text.toString());
  }

  private static String csvLine(List<String> cells) {
    return String.join(
            ",",
            cells.stream()
                .map(cell -> cell == null ? "" : '"' + cell.replace("\"", "\"\"") + '"')
                .toList())
        + "\n";
  }

  static Corpus open(Path input) {
    return open(CorpusRequest.of(input.toString()));
  }

  static Corpus open(CorpusRequest.Builder request) {
    return Corpus.open(SharedSpark.session(), request.build());
  }

  /** What the files hold that were not there before; they are remembered. */
  static List<Row> arrived(Corpus corpus, Set<String> before) {
    List<Row> rows = new ArrayList<>();
    for (DataFile file : corpus.files()) {
      if (before.add(file.path())) {
        rows.addAll(corpus.exchanges(List.of(file)).collectAsList());
      }
    }
    return rows;
  }

  /** A corpus gives the same exchanges as a whole and file by file. */
  static void assertReads(Corpus corpus, Cells... expected) {
    assertThat(cells(corpus.batch().collectAsList())).containsExactlyInAnyOrder(expected);
    Set<String> before = new HashSet<>();
    assertThat(cells(arrived(corpus, before))).containsExactlyInAnyOrder(expected);
    assertThat(arrived(corpus, before)).isEmpty();
  }

  /** What tests look at of a row; what is not there is null. */
  record Cells(String id, int turnIndex, String prompt, String response, String errorCode) {}

  static List<Cells> cells(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new Cells(
                    row.getAs("conversation_id"),
                    row.<Integer>getAs("turn_index"),
                    row.getAs("prompt"),
                    row.getAs("response"),
                    row.getAs("error_code")))
        .toList();
  }

  static Cells cell(String id, int turnIndex, String prompt, String response, String errorCode) {
    return new Cells(id, turnIndex, prompt, response, errorCode);
  }
}
