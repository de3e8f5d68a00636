package io.bingoguard.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated corpus, of which each exchange is known by its turn alone. */
final class FaultCorpus {
  /** A word of one message that stands nowhere else. */
  static final String POISON = "zzyzx";

  private FaultCorpus() {}

  /** Writes conversations of one exchange each, in several files; one message holds the poison. */
  static Path write(Path folder, int conversations, int files) throws IOException {
    Files.createDirectories(folder);
    for (int file = 0; file < files; file++) {
      StringBuilder lines = new StringBuilder();
      for (int i = file; i < conversations; i += files) {
        lines.append(
            """
            {"id":"c%d","prompt":"How do I bake bread of kind %d%s?","response":"With flour and patience, %d times."}
            """
                .formatted(i, i, i == conversations / 2 ? " " + POISON : "", i));
      }
      Files.writeString(folder.resolve("part-%d.jsonl".formatted(file)), lines);
    }
    return folder;
  }
}
