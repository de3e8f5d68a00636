package io.bingoguard.source;

import java.io.Serializable;
import java.util.Objects;

/**
 * What one task reads of a file at a stretch: a whole file, or of text the lines that begin within
 * it.
 *
 * @param path qualified path of the file
 * @param start first byte
 * @param length number of bytes
 * @param firstRow how many rows of the file lie before it
 */
record FileSpan(String path, long start, long length, long firstRow) implements Serializable {
  FileSpan {
    Objects.requireNonNull(path, "path");
  }

  static FileSpan whole(DataFile file) {
    return new FileSpan(file.path(), 0, file.length(), 0);
  }

  long end() {
    return start + length;
  }
}
