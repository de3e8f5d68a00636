package io.bingoguard.source;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What happened to a Delta table since it was last looked at; nothing is known of other inputs.
 *
 * @param version the table's version of which the files are; empty for other inputs
 * @param arrivals how files came into the table, by path, as far as its log still tells
 * @param reorganized paths of the files whose rows REORGANIZED ones hold
 * @param rewrites the commits that changed or deleted rows, for example {@code 7 UPDATE}
 */
public record SourceChanges(
    OptionalLong version,
    Map<String, Arrival> arrivals,
    Set<String> reorganized,
    List<String> rewrites) {
  public static final SourceChanges NONE =
      new SourceChanges(OptionalLong.empty(), Map.of(), Set.of(), List.of());

  public SourceChanges {
    Objects.requireNonNull(version, "version");
    arrivals = Map.copyOf(arrivals);
    reorganized = Set.copyOf(reorganized);
    rewrites = List.copyOf(rewrites);
  }

  /** How a file came; empty where the log no longer tells. */
  public Optional<Arrival> arrival(String path) {
    return Optional.ofNullable(arrivals.get(path));
  }
}
