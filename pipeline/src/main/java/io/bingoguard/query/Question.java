package io.bingoguard.query;

import java.util.Objects;

/**
 * A question to the tables of an output.
 *
 * @param name by which it is asked for, or the file that holds it
 * @param words the question as a person would ask it; empty where its SQL has no comment
 * @param sql a query over the {@link OutputViews views} of an output
 */
public record Question(String name, String words, String sql) {
  private static final String COMMENT = "--";

  public Question {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(sql, "sql");
  }

  /** What SQL asks, whose first line is the question as a comment. */
  static Question of(String name, String sql) {
    String first = sql.lines().findFirst().orElse("");
    String words = first.startsWith(COMMENT) ? first.substring(COMMENT.length()).strip() : "";
    return new Question(name, words, sql);
  }
}
