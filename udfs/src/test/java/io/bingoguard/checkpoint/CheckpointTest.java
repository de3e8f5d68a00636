package io.bingoguard.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final AnswerGrammar GRAMMAR =
      AnswerGrammar.ofSequences(List.of(List.of(1, 2), List.of(1, 3)));

  @TempDir private Path temp;
  private Path model;

  @BeforeEach
  void makeFolder() throws IOException {
    // The temporary folder itself may lie behind a link.
    model = Files.createDirectory(temp.toRealPath().resolve("model"));
  }

  @Test
  void locatesEveryTensorOfASingleFile() throws IOException {
    planted(TensorType.BF16).write(model);

    Checkpoint checkpoint = Checkpoint.open(model);

    Path file = model.resolve("model.safetensors");
    assertThat(checkpoint.files()).containsExactly(file);
    assertThat(checkpoint.weightsFolder()).isEqualTo(model);
    assertThat(checkpoint.config().rope()).isEqualTo(PlantedCheckpoint.ROPE);
    LlamaTensors tensors = checkpoint.tensors();
    assertThat(tensors.layers()).hasSize(2);
    assertThat(tensors.layers().get(1).key().shape()).containsExactly(16L, 32L);
    assertThat(tensors.layers().get(1).down().shape()).containsExactly(32L, 48L);
    assertThat(tensors.lmHead().offset() + tensors.lmHead().byteLength())
        .isEqualTo(Files.size(file));
    assertThat(tensors.lmHead().byteLength()).isEqualTo(40 * 32 * 2);
    assertThat(tensors.lmHead().type()).isEqualTo(TensorType.BF16);
  }

  @Test
  void shardsHoldTheSameTensorsAsASingleFile() throws IOException {
    Path single = Files.createDirectory(temp.resolve("single"));
    planted(TensorType.F32).write(single);
    planted(TensorType.F32).writeSharded(model, 10_000);

    Checkpoint sharded = Checkpoint.open(model);

    assertThat(sharded.files()).hasSizeGreaterThan(3);
    assertThat(bytes(sharded.tensors().layers().get(1).up()))
        .isEqualTo(bytes(Checkpoint.open(single).tensors().layers().get(1).up()));
  }

  @Test
  void opensTheOnlySafetensorsFileWhateverItsName() throws IOException {
    planted(TensorType.F16).write(model);
    Files.move(model.resolve("model.safetensors"), model.resolve("other.safetensors"));

    assertThat(Checkpoint.open(model).files()).containsExactly(model.resolve("other.safetensors"));

    Files.copy(model.resolve("other.safetensors"), model.resolve("third.safetensors"));
    assertRefused(
        ErrorCode.MODEL_WEIGHTS_AMBIGUOUS, "2 safetensors files", () -> Checkpoint.open(model));
  }

  @Test
  void namesPointersThatGitLfsLeftInThePlaceOfFiles() throws IOException {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    planted(TensorType.F32).write(model);
    Path weights = model.resolve("model.safetensors");
    Path config = model.resolve("config.json");

    Files.writeString(weights, pointer);
    assertRefused(
        ErrorCode.MODEL_WEIGHTS_INVALID,
        weights + " is a Git LFS pointer",
        () -> Checkpoint.open(model));
    Files.writeString(config, pointer);
    assertRefused(ErrorCode.MODEL_JSON_INVALID, "git lfs pull", () -> Checkpoint.open(model));
  }

  @Test
  void saysWhichWeightsBesideTheOthersAreNotUsed() throws IOException {
    planted(TensorType.F32).writeSharded(model, 10_000);
    assertThat(Checkpoint.open(model).warnings()).isEmpty();
    Path shard = Checkpoint.open(model).files().get(0);
    Files.copy(shard, model.resolve("stray.safetensors"));
    assertThat(Checkpoint.open(model).warnings())
        .singleElement(InstanceOfAssertFactories.STRING)
        .endsWith("[stray.safetensors]");

    planted(TensorType.F32).write(model);

    assertThat(Checkpoint.open(model).warnings())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("stray.safetensors", shard.getFileName().toString());
  }

  @Test
  void followsTheLinksOfAHuggingFaceCache() throws IOException {
    planted(TensorType.F32).writeSharded(model, 30_000);
    Path blobs = Files.createDirectory(model.resolveSibling("blobs"));
    List<Path> shards = Checkpoint.open(model).files();
    for (Path shard : shards) {
      Path blob = Files.move(shard, blobs.resolve("blob-" + shard.getFileName()));
      Files.createSymbolicLink(shard, Path.of("..").resolve(model.getParent().relativize(blob)));
    }

    Checkpoint checkpoint = Checkpoint.open(model);

    assertThat(checkpoint.weightsFolder()).isEqualTo(blobs);
    assertThat(checkpoint.tensors().embedding().file().getParent()).isEqualTo(blobs);

    Files.delete(shards.get(0));
    Files.move(blobs.resolve("blob-" + shards.get(0).getFileName()), shards.get(0));
    assertRefused(ErrorCode.MODEL_WEIGHTS_SCATTERED, "2 folders", () -> Checkpoint.open(model));
  }

  @Test
  void tiedCheckpointsUseTheEmbeddingAsOutputLayer() throws IOException {
    planted(TensorType.F32).write(model);
    changeConfig("tie_word_embeddings", true);
    Path file = model.resolve("model.safetensors");
    LlamaTensors untied = Checkpoint.open(model).tensors();
    byte[] weights = Files.readAllBytes(file);
    System.arraycopy(
        bytes(untied.embedding()),
        0,
        weights,
        Math.toIntExact(untied.lmHead().offset()),
        Math.toIntExact(untied.lmHead().byteLength()));
    Files.write(file, weights);

    Checkpoint checkpoint = Checkpoint.open(model);

    assertThat(checkpoint.tensors().lmHead()).isEqualTo(checkpoint.tensors().embedding());
    assertThat(checkpoint.config().tieWordEmbeddings()).isTrue();
    assertThat(checkpoint.warnings()).isEmpty();
  }

  @Test
  void anOutputLayerThatDiffersFromTheEmbeddingIsUsedAndSaid() throws IOException {
    planted(TensorType.F32).write(model);
    LlamaTensors untied = Checkpoint.open(model).tensors();
    assertThat(Checkpoint.open(model).warnings()).isEmpty();
    changeConfig("tie_word_embeddings", true);

    Checkpoint checkpoint = Checkpoint.open(model);

    assertThat(checkpoint.tensors()).isEqualTo(untied);
    assertThat(checkpoint.config().tieWordEmbeddings()).isFalse();
    assertThat(checkpoint.warnings())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("tie_word_embeddings", "lm_head.weight");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.layers.0.self_attn.q_proj.bias",
        "model.layers.1.self_attn.k_norm.weight",
        "model.layers.2.input_layernorm.weight",
        "model.layers.0.self_attn.q_proj.lora_A.weight",
        "model.vision.rotary_emb.inv_freq",
        "score.weight"
      })
  void refusesTensorsThatTheGraphDoesNotUse(String name) throws IOException {
    planted(TensorType.F32).writeWith(model, name);

    assertRefused(ErrorCode.MODEL_TENSOR_UNUSED, name, () -> Checkpoint.open(model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.layers.1.self_attn.rotary_emb.inv_freq",
        "model.layers.0.self_attn.rotary_emb.cos_cached",
        "model.rotary_emb.inv_freq"
      })
  void takesTheRotaryTablesOfOlderReleases(String name) throws IOException {
    planted(TensorType.F32).writeWith(model, name);

    assertThat(Checkpoint.open(model).tensors().layers()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter_config.json", "adapter_model.safetensors", "adapter_model.bin"})
  void refusesAnAdapterBesideTheWeights(String file) throws IOException {
    planted(TensorType.F32).write(model);
    Files.writeString(model.resolve(file), "{}");

    assertRefused(ErrorCode.MODEL_ADAPTER_UNMERGED, file, () -> Checkpoint.open(model));
  }

  @Test
  void refusesTensorsThatDoNotMatchTheConfig() throws IOException {
    planted(TensorType.F32).write(model);
    changeConfig("num_hidden_layers", 3);
    assertRefused(
        ErrorCode.MODEL_TENSOR_MISSING,
        "model.layers.2.input_layernorm.weight",
        () -> Checkpoint.open(model));

    planted(TensorType.F32).write(model);
    changeConfig("num_key_value_heads", 4);
    assertRefused(
        ErrorCode.MODEL_TENSOR_SHAPE,
        "model.layers.0.self_attn.k_proj.weight has shape [16, 32]. Expected [32, 32]",
        () -> Checkpoint.open(model));
  }

  @Test
  void refusesTypesThatAreNoWeights() throws IOException {
    planted(TensorType.F32).write(model);
    Path file = model.resolve("model.safetensors");
    replaceInHeader(
        file, "\"dtype\":\"F32\",\"shape\":[40,32]", "\"dtype\":\"I32\",\"shape\":[40,32]");

    assertRefused(ErrorCode.MODEL_TENSOR_DTYPE, "is of type I32", () -> Checkpoint.open(model));
  }

  @Test
  void refusesTruncatedWeights() throws IOException {
    planted(TensorType.F32).write(model);
    Path file = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    assertRefused(ErrorCode.MODEL_WEIGHTS_INVALID, "truncated", () -> Checkpoint.open(model));
  }

  @Test
  void refusesIncompleteDirectories() throws IOException {
    assertRefused(ErrorCode.MODEL_FILE_MISSING, "config.json", () -> Checkpoint.open(model));
    assertRefused(
        ErrorCode.MODEL_DIRECTORY_MISSING,
        "absent",
        () -> Checkpoint.open(model.resolve("absent")));
    TestJson.write(model.resolve("config.json"), planted(TensorType.F32).config());
    assertRefused(ErrorCode.MODEL_FILE_MISSING, "model.safetensors", () -> Checkpoint.open(model));
  }

  @Test
  void refusesIncompleteShards() throws IOException {
    planted(TensorType.F32).writeSharded(model, 10_000);
    Path first = Checkpoint.open(model).files().get(0);
    replaceInHeader(first, "model.embed_tokens.weight", "model.embed_tokens.height");
    assertRefused(
        ErrorCode.MODEL_TENSOR_MISSING,
        first.getFileName().toString(),
        () -> Checkpoint.open(model));
    Files.delete(first);
    assertRefused(
        ErrorCode.MODEL_SHARD_MISSING,
        first.getFileName().toString(),
        () -> Checkpoint.open(model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.safetensors",
        "/etc/outside.safetensors",
        "sub/inside.safetensors",
        "..\\outside.safetensors",
        "C:outside.safetensors",
        "nul\u0000.safetensors",
        "gewicht\u00e9.safetensors",
        "config.json",
        ""
      })
  void refusesShardsOutsideTheDirectory(String name) throws IOException {
    planted(TensorType.F32).write(model);
    Files.move(model.resolve("model.safetensors"), temp.resolve("outside.safetensors"));
    TestJson.write(
        model.resolve("model.safetensors.index.json"),
        Map.of("weight_map", Map.of("model.norm.weight", name)));

    assertRefused(ErrorCode.MODEL_JSON_INVALID, "plain name", () -> Checkpoint.open(model));
  }

  @Test
  void refusesIndexesWithoutAMap() throws IOException {
    planted(TensorType.F32).write(model);
    Files.delete(model.resolve("model.safetensors"));
    for (Object map : List.of(Map.of(), List.of(), "x")) {
      TestJson.write(model.resolve("model.safetensors.index.json"), Map.of("weight_map", map));
      assertRefused(ErrorCode.MODEL_JSON_INVALID, "weight_map", () -> Checkpoint.open(model));
    }
  }

  private static PlantedCheckpoint planted(TensorType type) {
    return new PlantedCheckpoint(
        new PlantedCheckpoint.Sizes(32, 48, 2, 4, 2, 40, type), GRAMMAR, 1);
  }

  private void changeConfig(String field, Object value) throws IOException {
    Map<String, Object> config = planted(TensorType.F32).config();
    config.put(field, value);
    TestJson.write(model.resolve("config.json"), config);
  }

  /** Both texts must be equally long, so that the header keeps its length. */
  private static void replaceInHeader(Path file, String text, String other) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(other).hasSameSizeAs(text);
    assertThat(bytes).contains(text);
    Files.writeString(file, bytes.replace(text, other), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(TensorLocation tensor) throws IOException {
    byte[] file = Files.readAllBytes(tensor.file());
    int start = Math.toIntExact(tensor.offset());
    return Arrays.copyOfRange(file, start, start + Math.toIntExact(tensor.byteLength()));
  }

  private static void assertRefused(ErrorCode code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(GuardException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
