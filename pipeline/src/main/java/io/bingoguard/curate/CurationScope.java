package io.bingoguard.curate;

import io.bingoguard.source.DataFile;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run has to do.
 *
 * @param anew whether nothing is left of what an earlier run made
 * @param why that is so; empty for a first run
 * @param files of the corpus whose records are parted
 * @param replaced what an earlier run made of these, and of files that are gone; none where all is
 *     made anew
 * @param left what stays as an earlier run made it
 */
record CurationScope(
    boolean anew,
    String why,
    List<DataFile> files,
    List<CuratedFile> replaced,
    List<CuratedFile> left) {
  CurationScope {
    files = List.copyOf(files);
    Objects.requireNonNull(why, "why");
    replaced = List.copyOf(replaced);
    left = List.copyOf(left);
  }

  static CurationScope anew(List<DataFile> files, String why) {
    return new CurationScope(true, why, files, List.of(), List.of());
  }

  /**
   * Parts some files and leaves the others.
   *
   * @param earlier what is there of an earlier run
   * @param gone paths of files that were there then
   */
  static CurationScope of(List<DataFile> files, List<CuratedFile> earlier, Set<String> gone) {
    Set<String> paths = new HashSet<>(gone);
    files.forEach(file -> paths.add(file.path()));
    Map<Boolean, List<CuratedFile>> parted =
        earlier.stream()
            .collect(Collectors.partitioningBy(each -> paths.contains(each.file().path())));
    return new CurationScope(false, "", files, parted.get(true), parted.get(false));
  }

  boolean isNothing() {
    return !anew && files.isEmpty() && replaced.isEmpty();
  }

  /** How many files are no longer there. */
  long gone() {
    Set<String> parted = files.stream().map(DataFile::path).collect(Collectors.toSet());
    return replaced.stream().filter(each -> !parted.contains(each.file().path())).count();
  }

  /** Numbers of the files by path, none of which was given before. */
  Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int used =
        Stream.concat(replaced.stream(), left.stream())
            .mapToInt(CuratedFile::number)
            .max()
            .orElse(0);
    files.stream()
        .map(DataFile::path)
        .sorted(Comparator.naturalOrder())
        .forEach(path -> numbers.put(path, used + numbers.size() + 1));
    return numbers;
  }
}
