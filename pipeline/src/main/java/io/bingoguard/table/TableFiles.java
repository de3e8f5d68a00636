package io.bingoguard.table;

/**
 * Some files of a table.
 *
 * @param count how many
 * @param bytes of all of them
 */
public record TableFiles(long count, long bytes) {
  public static final TableFiles NONE = new TableFiles(0, 0);

  public TableFiles plus(TableFiles others) {
    return new TableFiles(count + others.count, bytes + others.bytes);
  }
}
