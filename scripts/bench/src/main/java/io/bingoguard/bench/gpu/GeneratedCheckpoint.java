package io.bingoguard.bench.gpu;

import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.PlantedCheckpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a checkpoint of random weights in shards, unless a whole one is there. */
final class GeneratedCheckpoint {
  /** The size that Hugging Face tools cut shards at. */
  private static final long SHARD_BYTES = 5_000_000_000L;

  private static final long SPARE_BYTES = 100_000_000;
  private static final String CONFIG = "config.json";
  private static final String INDEX = "model.safetensors.index.json";

  private GeneratedCheckpoint() {}

  /**
   * Opens the checkpoint, written before or now.
   *
   * @throws IllegalStateException if something else is in the directory, or too little room is left
   */
  static Checkpoint prepare(Path directory, PlantedCheckpoint wanted, PrintStream out)
      throws IOException {
    Files.createDirectories(directory);
    if (Files.exists(directory.resolve(CONFIG)) && !wanted.describes(directory)) {
      throw new IllegalStateException(
          "%s holds another checkpoint; name another directory".formatted(directory));
    }
    if (!Files.exists(directory.resolve(INDEX))) {
      removeUnfinished(directory);
      requireRoom(directory, wanted.weightBytes() + SPARE_BYTES);
      long start = System.nanoTime();
      wanted.writeSharded(directory, SHARD_BYTES, Runtime.getRuntime().availableProcessors());
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(
          "Wrote %.2f billion parameters, %.1f GB, in %.1f s (%.2f GB/s)%n",
          wanted.parameters() / 1e9,
          wanted.weightBytes() / 1e9,
          seconds,
          wanted.weightBytes() / 1e9 / seconds);
    }
    return Checkpoint.open(directory);
  }

  /** Shards whose index was never written belong to a run that died; others are not touched. */
  private static void removeUnfinished(Path directory) throws IOException {
    boolean ours = Files.exists(directory.resolve(CONFIG));
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.safetensors")) {
      for (Path file : found) {
        if (!ours) {
          throw new IllegalStateException(
              "%s holds weights that are not of this benchmark; name another directory"
                  .formatted(directory));
        }
        Files.delete(file);
      }
    }
  }

  private static void requireRoom(Path directory, long bytes) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < bytes) {
      throw new IllegalStateException(
          "%s has %.1f GB of free disk, the checkpoint needs %.1f; free some, or take directory= on"
                  .formatted(directory, free / 1e9, bytes / 1e9)
              + " another disk or a smaller shape=");
    }
  }
}
