package io.bingoguard.evaluate.dataset;

import io.bingoguard.source.CorpusRequest;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes small labelled sets and opens them. */
final class GoldFiles {
  private GoldFiles() {}

  static Path write(Path file, String... lines) {
    try {
      return Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Opens a set whose layout must be told by its columns. */
  static GoldDataset open(Path file) {
    return GoldDataset.open(
        SharedSpark.session(), CorpusRequest.of(file.toString()).build(), Optional.empty());
  }

  static GoldDataset open(Path file, String layout) {
    return GoldDataset.open(
        SharedSpark.session(), CorpusRequest.of(file.toString()).build(), Optional.of(layout));
  }

  static List<Optional<Boolean>> prompts(GoldDataset set) {
    return set.cases().stream().map(GoldCase::promptHarmful).toList();
  }

  static List<Optional<Boolean>> responses(GoldDataset set) {
    return set.cases().stream().map(GoldCase::responseHarmful).toList();
  }
}
