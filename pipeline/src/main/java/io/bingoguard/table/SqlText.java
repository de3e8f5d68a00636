package io.bingoguard.table;

/** How SQL spells what is put into it. */
public final class SqlText {
  private SqlText() {}

  public static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A Delta table by its path. */
  public static String table(String path) {
    return "delta.`%s`".formatted(path.replace("`", "``"));
  }
}
