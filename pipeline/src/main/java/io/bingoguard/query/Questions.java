package io.bingoguard.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The questions that have a name, and those of users; SQL stands in {@code conf/sql}. */
public final class Questions {
  private static final List<String> NAMES =
      List.of(
          "changes",
          "worst-sources",
          "category-severity",
          "review-list",
          "worst-conversations",
          "thresholds",
          "reviewed-thresholds",
          "unjudged",
          "models",
          "nights",
          "alarms");

  private Questions() {}

  /** All that have a name. */
  public static List<Question> all() {
    return NAMES.stream().map(Questions::read).toList();
  }

  /**
   * The question of a name.
   *
   * @throws io.bingoguard.guard.GuardException QUERY_UNKNOWN
   */
  public static Question named(String name) {
    if (!NAMES.contains(name)) {
      throw QueryErrors.unknown(name, NAMES);
    }
    return read(name);
  }

  /**
   * The question of a user's file.
   *
   * @throws io.bingoguard.guard.GuardException QUERY_INVALID
   */
  public static Question ofFile(Path file) {
    try {
      return Question.of(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw QueryErrors.fileUnreadable(file.toString(), e);
    }
  }

  /** A file of {@code conf/sql}, which the build packs. */
  static String sql(String name) {
    try (InputStream file = Questions.class.getResourceAsStream("sql/" + name + ".sql")) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Question read(String name) {
    return Question.of(name, sql("questions/" + name));
  }
}
