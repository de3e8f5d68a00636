package io.bingoguard.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A folder of small files that get more, and that are appended to. */
final class GrowingCorpus {
  /** Exchanges of a file or of what is appended to one. */
  private static final int FEWEST = 4;

  private static final int MOST = 16;

  private final Path folder;
  private final String input;
  private final Random random;
  private final List<Path> files = new ArrayList<>();
  private final List<Placed> exchanges = new ArrayList<>();

  /**
   * An exchange and where it stands.
   *
   * @param id of its conversation, which has no other
   * @param file qualified path
   * @param row line of the file, from 0
   */
  record Placed(String id, String file, long row) {}

  private GrowingCorpus(Path folder, String input, Random random) {
    this.folder = folder;
    this.input = input;
    this.random = random;
  }

  /** A corpus in a new folder. */
  static GrowingCorpus in(Path folder, long seed) throws IOException {
    return of(folder, "file:" + folder, seed);
  }

  /**
   * A corpus that is written into a new folder and read from where it is copied to.
   *
   * @param input the qualified path of the copy
   */
  static GrowingCorpus of(Path folder, String input, long seed) throws IOException {
    return new GrowingCorpus(Files.createDirectories(folder), input, new Random(seed));
  }

  /** Adds files. */
  void grow(int more) throws IOException {
    for (int i = 0; i < more; i++) {
      Path file = folder.resolve("part-%03d.jsonl".formatted(files.size()));
      files.add(file);
      append(file);
    }
  }

  /** Appends to one of the files. */
  void appendToAny() throws IOException {
    append(files.get(random.nextInt(files.size())));
  }

  private void append(Path file) throws IOException {
    long row = Files.exists(file) ? Files.readAllLines(file).size() : 0;
    StringBuilder lines = new StringBuilder();
    for (int left = FEWEST + random.nextInt(MOST - FEWEST); left > 0; left--) {
      String id = "c" + exchanges.size();
      lines.append(
          """
          {"id":"%s","prompt":"How do I bake bread of kind %s?","response":"With flour and patience."}
          """
              .formatted(id, id));
      exchanges.add(new Placed(id, qualified(file), row++));
    }
    // In one write, so that a reader never meets half of a line.
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  Path folder() {
    return folder;
  }

  /** The qualified path that it is read from. */
  String input() {
    return input;
  }

  /** The same for one of its files. */
  String qualified(Path file) {
    return input + "/" + file.getFileName();
  }

  List<Path> files() {
    return List.copyOf(files);
  }

  /** All exchanges so far. */
  List<Placed> exchanges() {
    return List.copyOf(exchanges);
  }
}
