package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.DemoModel;
import io.bingoguard.bundle.ModelBundle;
import io.bingoguard.guard.Sha256;
import io.bingoguard.prompt.PromptPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCommandTest {
  private final Path demo = DemoModel.directory();

  @TempDir Path folder;

  @Test
  void makesAModelDirectoryThatAnswersAndNamesEveryByte() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("cache"));
    for (String name : new String[] {"config.json", "model.safetensors", "tokenizer.json"}) {
      Files.createSymbolicLink(cache.resolve(name), demo.resolve(name).toAbsolutePath());
    }
    Path output = folder.resolve("bundle");

    CommandRun run =
        CommandRun.of("bundle", "--checkpoint", cache, "--prompts", pack(), "--output", output);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(BundleManifest.read(output).orElseThrow().modelRevision())
        .isEqualTo(ModelBundle.open(output).revision());
    JsonNode manifest = new JsonMapper().readTree(output.resolve("bundle.json").toFile());
    assertThat(manifest.get("files")).hasSize(4);
    for (JsonNode file : manifest.get("files")) {
      Path written = output.resolve(file.get("name").asText());
      assertThat(written).isRegularFile();
      assertThat(Files.isSymbolicLink(written)).isFalse();
      assertThat(file.get("sha256").asText()).isEqualTo(Sha256.of(written));
      assertThat(file.get("size").asLong()).isEqualTo(Files.size(written));
    }
    Path requests =
        Files.writeString(
            folder.resolve("requests.jsonl"), "{\"task\":\"prompt\",\"prompt\":\"Hello\"}\n");
    assertThat(CommandRun.of("verify", "--model", output, "--requests", requests).exit()).isZero();
  }

  @Test
  void refusesAUsedDirectoryAndWhatDoesNotGoTogether() throws IOException {
    Path used = Files.createDirectories(folder.resolve("used"));
    Files.writeString(used.resolve("note.txt"), "mine");
    assertThat(
            CommandRun.of("bundle", "--checkpoint", demo, "--prompts", pack(), "--output", used)
                .err())
        .startsWith("error [BUNDLE_OUTPUT_UNSUITABLE]");
    assertThat(used).isDirectoryNotContaining("glob:**.json");

    Path output = folder.resolve("bundle");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    CommandRun run =
        CommandRun.of("bundle", "--checkpoint", empty, "--prompts", pack(), "--output", output);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(output.resolve("bundle.json")).doesNotExist();

    Path below = used.resolve("note.txt").resolve("bundle");
    assertThat(
            CommandRun.of("bundle", "--checkpoint", demo, "--prompts", pack(), "--output", below)
                .exit())
        .isEqualTo(2);
  }

  private Path pack() {
    return demo.resolve(PromptPack.FILE_NAME);
  }
}
