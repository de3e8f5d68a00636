package io.bingoguard.curate;

import java.util.Arrays;

/** How lines are packed, where Spark can write it without libraries of the system. */
enum Packing {
  NONE("", "none"),
  GZIP(".gz", "gzip"),
  BZIP2(".bz2", "bzip2"),
  DEFLATE(".deflate", "deflate");

  private final String ending;
  private final String codec;

  Packing(String ending, String codec) {
    this.ending = ending;
    this.codec = codec;
  }

  /** That of a file, by its name. */
  static Packing of(String path) {
    return Arrays.stream(values())
        .filter(each -> each != NONE && path.endsWith(each.ending))
        .findFirst()
        .orElse(NONE);
  }

  /** What names end with. */
  String ending() {
    return ending;
  }

  /** Spark's name for it. */
  String codec() {
    return codec;
  }
}
