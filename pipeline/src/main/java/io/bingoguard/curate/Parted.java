package io.bingoguard.curate;

import java.util.List;
import java.util.Objects;

/**
 * What was written beside.
 *
 * @param files whose records these are
 * @param counts of all of them
 * @param ending of the names of files that are no table's
 */
record Parted(List<CuratedFile> files, SetCounts counts, String ending) {
  static final Parted NOTHING = new Parted(List.of(), SetCounts.NONE, "");

  Parted {
    files = List.copyOf(files);
    Objects.requireNonNull(counts, "counts");
  }
}
