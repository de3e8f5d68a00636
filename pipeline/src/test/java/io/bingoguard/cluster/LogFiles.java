package io.bingoguard.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Log files that other processes write. */
final class LogFiles {
  private LogFiles() {}

  /** The text of all files of a name below a folder, each after its path. */
  static String below(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> files = Files.walk(folder)) {
      StringBuilder text = new StringBuilder();
      List<Path> logs = files.filter(file -> file.endsWith(name)).sorted().toList();
      for (Path log : logs) {
        text.append("\n==> ").append(log).append('\n');
        text.append(read(log));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text so far; a character that is half written shows as a question mark. */
  static String read(Path log) {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
