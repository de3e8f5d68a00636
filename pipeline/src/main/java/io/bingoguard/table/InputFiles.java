package io.bingoguard.table;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Files of an input that are read together.
 *
 * @param input qualified path of the input
 * @param layout format, schema and columns by which the files are read
 * @param version the input's version, where it is a Delta table
 * @param files the files
 */
public record InputFiles(String input, String layout, OptionalLong version, List<FileState> files) {
  public InputFiles {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(version, "version");
    files = List.copyOf(files);
  }

  /** Others of the same input. */
  public InputFiles of(List<FileState> others) {
    return new InputFiles(input, layout, version, others);
  }
}
