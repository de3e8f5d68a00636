package io.bingoguard.bench;

import java.nio.file.Path;
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
public record BenchmarkOptions(
    Path directory, Path conversations, int requests, int exchanges, int threads, boolean quick) {
  private static final Set<String> NAMES =
      Set.of("directory", "conversations", "requests", "exchanges", "threads", "quick");

  /** Reads arguments of the form {@code name=value}. */
  public static BenchmarkOptions parse(String... arguments) {
    NamedValues values = new NamedValues(NAMES, arguments);
    return new BenchmarkOptions(
        Path.of(values.text("directory").orElseThrow()),
        Path.of(values.text("conversations").orElseThrow()),
        values.number("requests", 64),
        values.number("exchanges", 32),
        values.number("threads", 0),
        Boolean.parseBoolean(values.text("quick", "false")));
  }
}
