package io.bingoguard.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bench.BenchmarkModel;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.PlantedCheckpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedCheckpointTest {
  private static final PlantedCheckpoint WANTED =
      new BenchmarkModel().checkpoint(PlantedCheckpoint.Sizes.tiny(BenchmarkModel.VOCABULARY));

  @TempDir private Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void aWholeCheckpointIsTakenAgain() throws IOException {
    GeneratedCheckpoint.prepare(folder, WANTED, out);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Wrote");
    printed.reset();

    assertThat(GeneratedCheckpoint.prepare(folder, WANTED, out).config().hiddenSize())
        .isEqualTo(512);
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void shardsOfARunThatDiedAreWrittenAgain() throws IOException {
    Checkpoint whole = GeneratedCheckpoint.prepare(folder, WANTED, out);
    Path shard = whole.files().get(0);
    byte[] bytes = Files.readAllBytes(shard);
    Files.delete(folder.resolve("model.safetensors.index.json"));
    Files.write(shard, new byte[10]);

    GeneratedCheckpoint.prepare(folder, WANTED, out);

    assertThat(shard).hasBinaryContent(bytes);
  }

  @Test
  void weightsOfSomebodyElseAreNotTouched() throws IOException {
    Path weights = Files.write(folder.resolve("model.safetensors"), new byte[10]);

    assertThatThrownBy(() -> GeneratedCheckpoint.prepare(folder, WANTED, out))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(folder.toString());
    Files.writeString(folder.resolve("config.json"), "{}");
    assertThatThrownBy(() -> GeneratedCheckpoint.prepare(folder, WANTED, out))
        .isInstanceOf(IllegalStateException.class);
    assertThat(weights).exists();
  }
}
