package io.bingoguard.conf;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of the folder conf: what Spark reads in it, and what people do. */
record SettingsFile(Path path, List<Line> lines) {
  static final Path FOLDER = Path.of("..", "conf");

  private static final Pattern SETTING = Pattern.compile("(#?)(spark\\.\\S+)\\s+(\\S.*)");

  /**
   * A setting.
   *
   * @param choice whether it is commented out, for the user to fill in
   * @param comment the lines before it; a setting right below another shares that one's
   */
  record Line(String key, String value, boolean choice, String comment) {}

  static SettingsFile named(String name) throws IOException {
    return read(FOLDER.resolve(name));
  }

  static Stream<SettingsFile> all() throws IOException {
    List<SettingsFile> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".conf")).sorted().toList()) {
        all.add(read(file));
      }
    }
    return all.stream();
  }

  private static SettingsFile read(Path path) throws IOException {
    List<Line> found = new ArrayList<>();
    List<String> comment = new ArrayList<>();
    boolean commentEnded = false;
    for (String line : Files.readAllLines(path)) {
      Matcher setting = SETTING.matcher(line);
      if (setting.matches()) {
        boolean choice = !setting.group(1).isEmpty();
        String words = String.join(" ", comment);
        found.add(new Line(setting.group(2), setting.group(3).trim(), choice, words));
        commentEnded = true;
        continue;
      }
      if (commentEnded || line.isBlank()) {
        comment.clear();
        commentEnded = false;
      }
      if (line.startsWith("#")) {
        comment.add(line.substring(1).trim());
      }
    }
    return new SettingsFile(path, List.copyOf(found));
  }

  /** What Spark reads. */
  Map<String, String> settings() throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(path)) {
      properties.load(in);
    }
    Map<String, String> settings = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name).trim()));
    return settings;
  }

  List<String> keys() {
    return lines.stream().map(Line::key).toList();
  }

  List<Line> linesWith(Predicate<String> key) {
    return lines.stream().filter(line -> key.test(line.key())).toList();
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
