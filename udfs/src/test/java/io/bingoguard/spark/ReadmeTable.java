package io.bingoguard.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A table of a document, this module's README unless another is named. */
public final class ReadmeTable {
  private ReadmeTable() {}

  /**
   * Its rows, as they are written.
   *
   * @param header the line that begins it
   */
  public static List<String> rows(String header) throws IOException {
    return rows(Path.of("README.md"), header);
  }

  /** Those of a table of another document. */
  public static List<String> rows(Path document, String header) throws IOException {
    return Files.readAllLines(document).stream()
        .dropWhile(line -> !line.equals(header))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .toList();
  }
}
