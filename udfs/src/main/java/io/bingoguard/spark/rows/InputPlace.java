package io.bingoguard.spark.rows;

import java.util.Objects;

/**
 * Where a record of a corpus stands.
 *
 * @param file qualified path of its file, as Hadoop writes it: {@code s3a://bucket/day/a.jsonl},
 *     {@code file:/data/a.jsonl}; nothing in it is escaped
 * @param row position in the file, from 0: the line of JSON Lines, blank ones counted; the record
 *     behind the header of CSV; the row of Parquet
 */
public record InputPlace(String file, long row) {
  public InputPlace {
    Objects.requireNonNull(file, "file");
    if (row < 0) {
      throw new IllegalArgumentException("a position from 0, not " + row);
    }
  }
}
