package io.bingoguard.curate;

import io.bingoguard.source.DataFile;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of the corpus whose records are in the sets.
 *
 * @param number from 1, by which its files in the sets are named; those of Delta tables are not
 * @param file in the state in which it was read
 * @param counts of its records; absent for those of Delta tables, whose sets do not tell them
 */
record CuratedFile(int number, DataFile file, Optional<SetCounts> counts) {
  CuratedFile {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(counts, "counts");
  }

  static List<String> paths(Collection<CuratedFile> files) {
    return files.stream().map(file -> file.file().path()).toList();
  }

  /** The counts of some files together. */
  static SetCounts sum(Collection<CuratedFile> files) {
    return files.stream()
        .flatMap(file -> file.counts().stream())
        .reduce(SetCounts.NONE, SetCounts::plus);
  }
}
