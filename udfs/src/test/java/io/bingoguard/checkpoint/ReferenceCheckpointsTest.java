package io.bingoguard.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.DemoModel;
import io.bingoguard.bundle.ModelBundle;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints that Hugging Face transformers itself wrote, and the bundled one. */
class ReferenceCheckpointsTest {
  @ParameterizedTest
  @MethodSource("references")
  void opensWhatTransformersWrote(Path model) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(model);

    assertThat(checkpoint.tensors().layers()).hasSize(checkpoint.config().layers());
    try (Stream<Path> files = Files.list(model)) {
      assertThat(checkpoint.files())
          .hasSize((int) files.filter(file -> file.toString().endsWith(".safetensors")).count());
    }
  }

  @Test
  void readsWhatTellsTheReferencesApart() throws IOException, URISyntaxException {
    Path folder = folder("/reference");

    assertThat(Checkpoint.open(folder.resolve("wide-heads-fp32")).config().headDim()).isEqualTo(32);
    assertThat(Checkpoint.open(folder.resolve("new-spelling-tied-fp32")).config().rope())
        .isEqualTo(Checkpoint.open(folder.resolve("llama31-bf16")).config().rope())
        .isInstanceOf(RopeConfig.Llama3.class);
    assertThat(Checkpoint.open(folder.resolve("multi-head-fp16")).tensors().norm().type())
        .isEqualTo(TensorType.F16);
    Checkpoint tied = Checkpoint.open(folder.resolve("llama32-tied-sharded-bf16"));
    assertThat(tied.tensors().lmHead()).isEqualTo(tied.tensors().embedding());
    assertThat(tied.files()).hasSizeGreaterThan(1);
  }

  @Test
  void opensTheBundledModelWhoseFilesFitTogether() throws IOException {
    ModelBundle demo = ModelBundle.open(DemoModel.directory());

    assertThat(demo.checkpoint().tensors().lmHead().type()).isEqualTo(TensorType.BF16);
    assertThat(demo.checkpoint().config().vocabSize())
        .isEqualTo(PlantedModel.vocabulary(demo.tokenizerFile()));
  }

  static List<Path> references() throws IOException, URISyntaxException {
    try (Stream<Path> children = Files.list(folder("/reference"))) {
      List<Path> models = children.filter(Files::isDirectory).sorted().toList();
      assertThat(models).hasSizeGreaterThan(5);
      return models;
    }
  }

  private static Path folder(String resource) throws URISyntaxException {
    URL url = ReferenceCheckpointsTest.class.getResource(resource);
    return Path.of(Objects.requireNonNull(url, resource).toURI());
  }
}
