package io.bingoguard.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders copied and deleted, as people do with outputs. */
final class FileTrees {
  private FileTrees() {}

  /** Copies a folder to where nothing is. */
  static void copy(Path from, Path to) throws IOException {
    for (Path file : all(from)) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }

  static void delete(Path tree) throws IOException {
    for (Path file : all(tree).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(file);
    }
  }

  /** Puts a copy of one folder in the place of another. */
  static void replace(Path tree, Path by) throws IOException {
    delete(tree);
    copy(by, tree);
  }

  private static List<Path> all(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.toList();
    }
  }
}
