package io.bingoguard.source;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A small CSV file of this machine, read whole, in the dialect that it is found to have.
 *
 * @param columns names of the header
 * @param records values by column; empty fields are left out
 */
public record CsvTable(List<String> columns, List<Map<String, String>> records) {
  public CsvTable {
    columns = List.copyOf(columns);
    records = List.copyOf(records);
  }

  /**
   * Reads a file.
   *
   * @throws IOException also for a record that has other fields than the header
   * @throws io.bingoguard.guard.GuardException SOURCE_CSV_DIALECT_UNCLEAR
   */
  public static CsvTable read(Path file) throws IOException {
    String text = Files.readString(file);
    CsvSniffer.Head head = new CsvSniffer.Head(file.toString(), text, true);
    CsvDialect dialect = new CsvSniffer(CsvOptions.FOUND_OUT).find(List.of(head)).dialect();
    try (CsvRecords records = new CsvRecords(new StringReader(text), dialect)) {
      List<String> columns =
          records.next().map(CsvRecord::values).orElse(List.of()).stream()
              .map(name -> Objects.requireNonNullElse(name, "").strip())
              .toList();
      List<Map<String, String>> rows = new ArrayList<>();
      for (Optional<CsvRecord> next = records.next(); next.isPresent(); next = records.next()) {
        if (!next.get().fits(columns.size())) {
          throw new IOException(
              "record %d is not one of %d fields".formatted(rows.size() + 1, columns.size()));
        }
        rows.add(row(columns, next.get()));
      }
      return new CsvTable(columns, rows);
    }
  }

  private static Map<String, String> row(List<String> columns, CsvRecord record) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (record.values().get(i) != null) {
        row.put(columns.get(i), record.values().get(i));
      }
    }
    return row;
  }
}
