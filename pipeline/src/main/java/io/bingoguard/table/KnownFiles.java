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
  private final Set<String> layouts = new HashSet<>();
  private OptionalLong first = OptionalLong.empty();
  private OptionalLong version = OptionalLong.empty();

  KnownFiles() {}

  void add(String layout, FileState file) {
    byLayout.computeIfAbsent(layout, any -> new HashMap<>()).put(file.path(), file);
  }

  void addInput(String layout, OptionalLong read) {
    layouts.add(layout);
    if (read.isPresent()) {
      first = OptionalLong.of(Math.min(read.getAsLong(), first.orElse(read.getAsLong())));
      version = OptionalLong.of(Math.max(read.getAsLong(), version.orElse(0)));
    }
  }

  /** The ways in which this very input was read. */
  public Set<String> layouts() {
    return Set.copyOf(layouts);
  }

  /** The oldest version of the input that was read, where it is a Delta table. */
  public OptionalLong firstVersion() {
    return first;
  }

  /** The newest version of the input that was read, where it is a Delta table. */
  public OptionalLong version() {
    return version;
  }

  /** The state in which a file was labelled, as read in a way. */
  public Optional<FileState> state(String layout, String path) {
    Objects.requireNonNull(path, "path");
    return Optional.ofNullable(byLayout.getOrDefault(layout, Map.of()).get(path))
        .or(() -> Optional.ofNullable(byLayout.getOrDefault(ANY_LAYOUT, Map.of()).get(path)));
  }

  /** Paths of the files that were labelled, as read in a way. */
  public Set<String> paths(String layout) {
    Set<String> paths = new HashSet<>(byLayout.getOrDefault(layout, Map.of()).keySet());
    paths.addAll(byLayout.getOrDefault(ANY_LAYOUT, Map.of()).keySet());
    return paths;
  }
}
