package io.bingoguard.score;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What to measure.
 *
 * @param directory where the checkpoint is written, and taken from the next time
 * @param conversations JSON Lines with {@code messages}, for the share of tokenization
 * @param requests requests of the main workload
 * @param exchanges exchanges of the cascade, and conversations of the tokenization workload
 * @param threads threads of each engine; 0 for one a core
 * @param quick whether to use a tiny checkpoint; speeds then mean nothing and are not judged
 */
record BenchmarkOptions(
    Path directory, Path conversations, int requests, int exchanges, int threads, boolean quick) {
  private static final Set<String> NAMES =
      Set.of("directory", "conversations", "requests", "exchanges", "threads", "quick");

  /** Reads arguments of the form {@code name=value}. */
  static BenchmarkOptions parse(String... arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (pair.length < 2 || !NAMES.contains(pair[0])) {
        throw new IllegalArgumentException(
            "Unknown argument " + argument + "; expected NAME=VALUE with one of " + NAMES);
      }
      values.put(pair[0], pair[1]);
    }
    return new BenchmarkOptions(
        Path.of(values.get("directory")),
        Path.of(values.get("conversations")),
        Integer.parseInt(values.getOrDefault("requests", "64")),
        Integer.parseInt(values.getOrDefault("exchanges", "32")),
        Integer.parseInt(values.getOrDefault("threads", "0")),
        Boolean.parseBoolean(values.getOrDefault("quick", "false")));
  }
}
