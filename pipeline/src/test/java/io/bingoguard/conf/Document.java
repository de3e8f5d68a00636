package io.bingoguard.conf;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A Markdown file of the repository. */
record Document(Path path, List<Line> lines) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /**
   * A line.
   *
   * @param code whether it is in a fenced block
   */
  record Line(int number, String text, boolean code) {
    boolean heading() {
      return !code && text.startsWith("#");
    }

    /** Whether it could be wrapped without a change of what is shown. */
    boolean prose() {
      boolean oneWord = !text.replaceFirst("^\\s*([-*>]|\\d+\\.)? ", "").contains(" ");
      return !code && !heading() && !text.startsWith("|") && !oneWord;
    }
  }

  static List<Document> all() throws IOException {
    List<Document> all = new ArrayList<>();
    for (Path file : files(".md")) {
      all.add(read(file));
    }
    return all;
  }

  static Document read(Path path) throws IOException {
    List<Line> lines = new ArrayList<>();
    boolean code = false;
    for (String text : Files.readAllLines(path)) {
      boolean fence = text.stripLeading().startsWith("```");
      lines.add(new Line(lines.size() + 1, text, code || fence));
      code ^= fence;
    }
    return new Document(path, List.copyOf(lines));
  }

  /** All but fenced blocks, which name files that users have. */
  String text() {
    return String.join("\n", lines.stream().filter(line -> !line.code()).map(Line::text).toList());
  }

  /** What the pattern's last group catches in the text, or all of it where it has none. */
  List<String> found(Pattern pattern) {
    return found(pattern, text());
  }

  static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(match.groupCount())).toList();
  }

  /** The names by which links reach headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    for (Line line : lines) {
      if (line.heading()) {
        String words = line.text().replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT);
        String anchor = words.replaceAll("[^\\p{L}\\p{N}_\\- ]", "").replace(' ', '-');
        String unique = anchor;
        for (int again = 1; !anchors.add(unique); again++) {
          unique = anchor + "-" + again;
        }
      }
    }
    return anchors;
  }

  /** The repository's own files, without what builds and tools put beside them. */
  static List<Path> files(String suffix) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean hidden = name.startsWith(".") && !folder.equals(ROOT);
            return hidden || name.equals("target")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(suffix)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  @Override
  public String toString() {
    return ROOT.relativize(path).toString();
  }
}
