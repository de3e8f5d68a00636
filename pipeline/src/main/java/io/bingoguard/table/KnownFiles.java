package io.bingoguard.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What an output knows of the files of one input, in the ways in which they were read. */
public final class KnownFiles {
  /** Of a file of which only labels are known. */
  static final String ANY_LAYOUT = "";

  /** Nothing, as of a new output. */
  public static final KnownFiles NONE = new KnownFiles();

  private final Map<String, Map<String, FileState>> byLayout = new HashMap<>();
  private final Map<String, Set<String>> gone = new HashMap<>();
  private final Map<String, OptionalLong> layouts = new HashMap<>();
  private OptionalLong first = OptionalLong.empty();
  private OptionalLong version = OptionalLong.empty();

  KnownFiles() {}

  void add(String layout, FileState file) {
    byLayout.computeIfAbsent(layout, any -> new HashMap<>()).put(file.path(), file);
    gone.computeIfAbsent(layout, any -> new HashSet<>()).remove(file.path());
  }

  /** Of a file that is no longer there; once it is back, its state is not known. */
  void addGone(String layout, String path) {
    add(layout, FileState.unknown(path));
    gone.computeIfAbsent(layout, any -> new HashSet<>()).add(path);
  }

  void addInput(String layout, OptionalLong read) {
    layouts.merge(layout, read, (known, next) -> next.orElse(-1) > known.orElse(-1) ? next : known);
    if (read.isPresent()) {
      first = OptionalLong.of(Math.min(read.getAsLong(), first.orElse(read.getAsLong())));
      version = OptionalLong.of(Math.max(read.getAsLong(), version.orElse(0)));
    }
  }

  /** The ways in which this very input was read. */
  public Set<String> layouts() {
    return Set.copyOf(layouts.keySet());
  }

  /** The oldest version of the input that was read, where it is a Delta table. */
  public OptionalLong firstVersion() {
    return first;
  }

  /** The newest version of the input that was read, where it is a Delta table. */
  public OptionalLong version() {
    return version;
  }

  /** The same, as read in a way. */
  public OptionalLong version(String layout) {
    return layouts.getOrDefault(layout, OptionalLong.empty());
  }

  /** The state in which a file was labelled, as read in a way. */
  public Optional<FileState> state(String layout, String path) {
    Objects.requireNonNull(path, "path");
    return Optional.ofNullable(byLayout.getOrDefault(layout, Map.of()).get(path))
        .or(() -> Optional.ofNullable(byLayout.getOrDefault(ANY_LAYOUT, Map.of()).get(path)));
  }

  /** Paths of the files that were labelled as read in a way and, as far as is known, are there. */
  public Set<String> paths(String layout) {
    Set<String> paths = new HashSet<>(byLayout.getOrDefault(layout, Map.of()).keySet());
    paths.removeAll(gone.getOrDefault(layout, Set.of()));
    return paths;
  }

  /** Paths of files of which only labels are known, in whatever way they were read. */
  public Set<String> pathsOfLabels() {
    return Set.copyOf(byLayout.getOrDefault(ANY_LAYOUT, Map.of()).keySet());
  }

  /** Whether a file was told as gone, as read in a way. */
  public boolean isGone(String layout, String path) {
    return gone.getOrDefault(layout, Set.of()).contains(path);
  }
}
