package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.DemoModel;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a process of its own, on a master that no Spark can start on: what is refused for another
 * reason is refused before.
 */
class EarlyRefusalTest {
  private static final String NO_MASTER = "spark.master=nowhere";

  @TempDir Path folder;

  @Test
  void refusesWhatAFileTells() throws Exception {
    Path corpus =
        write(
            "corpus.jsonl", "{\"prompt\":\"Hi.\",\"response\":\"Hello.\",\"completion\":\"Hey.\"}");

    assertThat(label(corpus, folder.resolve("output")))
        .contains(
            "error [SOURCE_SCHEMA_AMBIGUOUS]",
            "Next: bingoguard label ",
            " --column prompt=prompt --column response=response");
    assertThat(label(folder.resolve("missing.jsonl"), folder.resolve("output")))
        .contains("error [SOURCE_NOT_FOUND]");
    assertThat(label(corpus, corpus)).contains("error [OUTPUT_PATH_UNUSABLE]");
    assertThat(folder.resolve("output")).doesNotExist();
  }

  @Test
  void refusesAnOutputOfAnotherModel() throws Exception {
    SharedSpark.session();
    Path corpus = write("corpus.jsonl", "{\"prompt\":\"Hi.\",\"response\":\"Hello.\"}");
    Path output = folder.resolve("output");
    CommandRun first = CommandRun.of("label", "--input", corpus, "--output", output);
    assertThat(first.err()).doesNotContain("error [");
    Path other = Files.createDirectory(folder.resolve("other"));
    try (var files = Files.list(DemoModel.directory())) {
      for (Path file : files.toList()) {
        Files.copy(file, other.resolve(file.getFileName()));
      }
    }
    Path weights = other.resolve("model.safetensors");
    byte[] changed = Files.readAllBytes(weights);
    changed[changed.length - 2] ^= 1;
    Files.write(weights, changed);

    assertThat(label(corpus, output, "--model", other.toString()))
        .contains("error [OUTPUT_OTHER_MODEL]", "Next: bingoguard label", output + "-new");
    assertThat(label(corpus, output)).as("the same model gets to Spark").contains("nowhere");
  }

  private Path write(String name, String line) throws IOException {
    return Files.writeString(folder.resolve(name), line + "\n");
  }

  private static String label(Path input, Path output, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    for (String name : List.of("java.lang", "java.nio", "java.util", "sun.nio.ch")) {
      command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BingoGuard.class.getName(), "label", "--conf", NO_MASTER));
    command.addAll(List.of("--input", input.toString(), "--output", output.toString()));
    command.addAll(Arrays.asList(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isNotZero();
    return told;
  }
}
