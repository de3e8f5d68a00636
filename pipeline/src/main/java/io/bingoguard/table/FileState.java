package io.bingoguard.table;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A data file of an input, in the state in which it was read.
 *
 * @param path qualified path
 * @param bytes its length; empty where only its labels are known
 * @param modified time of its last change, milliseconds since 1970; empty as {@code bytes}
 */
public record FileState(String path, OptionalLong bytes, OptionalLong modified) {
  public FileState {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(modified, "modified");
  }

  public FileState(String path, long bytes, long modified) {
    this(path, OptionalLong.of(bytes), OptionalLong.of(modified));
  }

  /** A file of which only labels are known. */
  public static FileState unknown(String path) {
    return new FileState(path, OptionalLong.empty(), OptionalLong.empty());
  }
}
