package io.bingoguard.source;

import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file with records, in the state in which it was listed.
 *
 * @param path qualified path, taken literally; of a Delta table's file of which rows are deleted,
 *     with the id of its deletion vector behind a {@code #}
 * @param length size in bytes
 * @param modified time of the last change, milliseconds since 1970
 */
public record DataFile(String path, long length, long modified) {
  public DataFile {
    Objects.requireNonNull(path, "path");
  }

  static DataFile of(FileStatus status) {
    return new DataFile(status.getPath().toString(), status.getLen(), status.getModificationTime());
  }

  /** What Hadoop wants to know of a file before it opens it. */
  FileStatus status() {
    return new FileStatus(length, false, 1, 0, modified, new Path(path));
  }
}
