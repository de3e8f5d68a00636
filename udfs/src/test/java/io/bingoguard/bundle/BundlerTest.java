package io.bingoguard.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.PlantedCheckpoint;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.checkpoint.TensorLocation;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of a model before it judges anything. */
class BundlerTest {
  private static final int MAX_TOKENS = 4096;

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    PlantedModel.write(model);
  }

  @Test
  void aModelWithoutFaultsIsBundledWithoutWarnings() {
    assertThat(bundler().refuseUnfit(MAX_TOKENS)).isEmpty();
    assertThat(bundler().bundle(MAX_TOKENS).files()).hasSize(4);
  }

  @Test
  void refusesAVocabularyThatIsSmallerThanTheTokenizersIds() throws IOException {
    int highest;
    try (GuardTokenizer tokenizer = GuardTokenizer.open(model.resolve(GuardTokenizer.FILE_NAME))) {
      highest = tokenizer.highestId();
    }
    new PlantedCheckpoint(PlantedCheckpoint.Sizes.small(highest), PlantedModel.grammar(model), 1)
        .write(model);

    assertRefused(ErrorCode.MODEL_VOCABULARY_TOO_SMALL, "ids up to " + highest);
  }

  @Test
  void refusesWeightsThatAreNoNumbersWhereItLooks() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(model);
    TensorLocation norm = checkpoint.tensors().norm();
    byte[] before = Files.readAllBytes(norm.file());
    // BF16, little-endian: infinity, and what is no number.
    write(norm, norm.byteLength() - 2, 0x80, 0x7f);
    assertRefused(ErrorCode.MODEL_WEIGHTS_NOT_FINITE, "element 63 of tensor model.norm.weight");

    Files.write(norm.file(), before);
    TensorLocation embedding = checkpoint.tensors().embedding();
    assertThat(embedding.byteLength()).isGreaterThan(1 << 16);
    write(embedding, embedding.byteLength() - 2, 0xc1, 0xff);
    assertRefused(ErrorCode.MODEL_WEIGHTS_NOT_FINITE, "tensor model.embed_tokens.weight");
  }

  @Test
  void warnsOfALimitThatTheModelDoesNotReachAndLowersIt() throws IOException {
    changeConfig("max_position_embeddings", 1500);

    assertThat(bundler().refuseUnfit(MAX_TOKENS))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("max_position_embeddings is 1500", "4096");
    assertThat(bundler().refuseUnfit(1500)).isEmpty();

    changeConfig("max_position_embeddings", 300);
    assertRefused(ErrorCode.PROMPT_EXCEEDS_LIMIT, "max_position_embeddings");
  }

  @Test
  void warnsOfAnOutputLayerThatIsNotTied() throws IOException {
    changeConfig("tie_word_embeddings", true);

    assertThat(bundler().refuseUnfit(MAX_TOKENS))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("lm_head.weight");
  }

  private Bundler bundler() {
    return new Bundler(model, model.resolve(PromptPack.FILE_NAME), folder.resolve("bundle"));
  }

  private void changeConfig(String field, Object value) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Path file = model.resolve(Checkpoint.CONFIG);
    ObjectNode config = (ObjectNode) mapper.readTree(file.toFile());
    config.putPOJO(field, value);
    mapper.writeValue(file.toFile(), config);
  }

  private static void write(TensorLocation tensor, long at, int... bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(tensor.file().toFile(), "rw")) {
      file.seek(tensor.offset() + at);
      for (int value : bytes) {
        file.write(value);
      }
    }
  }

  private void assertRefused(ErrorCode code, String mention) {
    assertThatThrownBy(() -> bundler().refuseUnfit(MAX_TOKENS))
        .isInstanceOfSatisfying(
            GuardException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(mention);
  }
}
