package io.bingoguard.table;

/** How SQL spells what is put into it. */
final class SqlText {
  private SqlText() {}

  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A Delta table by its path. */
  static String table(String path) {
    return "delta.`%s`".formatted(path.replace("`", "``"));
  }
}
