package io.bingoguard.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Llama checkpoint of random weights whose greedy answers are nevertheless legal, and vary with
 * the input. It knows nothing, but every part of the engine has work to do on it. {@link
 * PlantedWeights} says how.
 *
 * @param grammar which answers are legal
 * @param seed equal seeds give equal bytes
 */
public record PlantedCheckpoint(Sizes sizes, AnswerGrammar grammar, long seed) {
  /** The rotary embedding of Llama 3.1, so that its scaling is exercised. */
  static final RopeConfig.Llama3 ROPE = new RopeConfig.Llama3(500_000, 8, 1, 4, 2048);

  static final double RMS_NORM_EPS = 1e-5;
  private static final int MAX_POSITIONS = 16_384;
  private static final int LLAMA3_VOCABULARY = 128_256;

  /**
   * What a checkpoint measures.
   *
   * @param hidden elements of the residual stream, a multiple of {@code heads}
   * @param intermediate elements inside the feed-forward block
   * @param vocabulary token ids
   * @param type how the weights are stored
   */
  public record Sizes(
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int kvHeads,
      int vocabulary,
      TensorType type) {
    /** As small as still gives varied answers: two layers, so that one reads what another wrote. */
    public static Sizes small(int vocabulary) {
      return new Sizes(64, 128, 2, 4, 2, vocabulary, TensorType.BF16);
    }

    /** About 85 million parameters in the layers: with a vocabulary of 25,000, 125 million. */
    public static Sizes base(int vocabulary) {
      return new Sizes(768, 2048, 12, 12, 4, vocabulary, TensorType.F32);
    }

    /** The sizes of Llama 3.1 8B. */
    public static Sizes llama8b() {
      return new Sizes(4096, 14_336, 32, 32, 8, LLAMA3_VOCABULARY, TensorType.BF16);
    }

    /** The sizes of Llama 3.2 1B, but with an output layer of its own: 1.5 billion parameters. */
    public static Sizes llama1b() {
      return new Sizes(2048, 8192, 16, 32, 8, LLAMA3_VOCABULARY, TensorType.BF16);
    }

    /** Enough to try a benchmark out, with heads as large as those of the real model. */
    public static Sizes tiny(int vocabulary) {
      return new Sizes(512, 1024, 2, 4, 2, vocabulary, TensorType.BF16);
    }

    /** The same, stored in bf16. */
    public Sizes inBf16() {
      return new Sizes(hidden, intermediate, layers, heads, kvHeads, vocabulary, TensorType.BF16);
    }

    int headDim() {
      return hidden / heads;
    }
  }

  /** Writes {@code config.json} and {@code model.safetensors} into an existing directory. */
  public void write(Path directory) throws IOException {
    TestJson.write(directory.resolve("config.json"), config());
    tensors().write(directory.resolve("model.safetensors"));
  }

  /** The same with one more tensor, of zeros, at the end. */
  void writeWith(Path directory, String tensor) throws IOException {
    TestJson.write(directory.resolve("config.json"), config());
    tensors()
        .add(tensor, sizes.type(), List.of(8L), (index, row) -> Arrays.fill(row, 0))
        .write(directory.resolve("model.safetensors"));
  }

  /** Writes {@code config.json} and shards of at most so many bytes with their index. */
  public void writeSharded(Path directory, long maxShardBytes) throws IOException {
    writeSharded(directory, maxShardBytes, 1);
  }

  /** The same with several threads. */
  public void writeSharded(Path directory, long maxShardBytes, int threads) throws IOException {
    TestJson.write(directory.resolve("config.json"), config());
    tensors().writeSharded(directory, maxShardBytes, threads);
  }

  /** Whether a directory's {@code config.json} is the one that this checkpoint has. */
  public boolean describes(Path directory) throws IOException {
    return TestJson.holds(directory.resolve("config.json"), config());
  }

  /** Bytes of all weights as stored. */
  public long weightBytes() {
    return tensors().bytes();
  }

  /** Number of weights. */
  public long parameters() {
    return weightBytes() / sizes.type().bytes();
  }

  Map<String, Object> config() {
    Map<String, Object> config = new TreeMap<>();
    config.put("architectures", List.of("LlamaForCausalLM"));
    config.put("attention_bias", false);
    config.put("hidden_act", "silu");
    config.put("hidden_size", sizes.hidden());
    config.put("intermediate_size", sizes.intermediate());
    config.put("max_position_embeddings", MAX_POSITIONS);
    config.put("mlp_bias", false);
    config.put("model_type", "llama");
    config.put("num_attention_heads", sizes.heads());
    config.put("num_hidden_layers", sizes.layers());
    config.put("num_key_value_heads", sizes.kvHeads());
    config.put("rms_norm_eps", RMS_NORM_EPS);
    config.put("rope_scaling", ropeScaling());
    config.put("rope_theta", ROPE.theta());
    config.put("tie_word_embeddings", false);
    config.put("torch_dtype", torchType());
    config.put("vocab_size", sizes.vocabulary());
    return config;
  }

  private static Map<String, Object> ropeScaling() {
    return Map.of(
        "rope_type",
        "llama3",
        "factor",
        ROPE.factor(),
        "low_freq_factor",
        ROPE.lowFreqFactor(),
        "high_freq_factor",
        ROPE.highFreqFactor(),
        "original_max_position_embeddings",
        ROPE.originalMaxPositions());
  }

  private String torchType() {
    return switch (sizes.type()) {
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
    };
  }

  private SafetensorsWriter tensors() {
    PlantedWeights weights = new PlantedWeights(this);
    long hidden = sizes.hidden();
    long inner = sizes.intermediate();
    long keys = (long) sizes.kvHeads() * sizes.headDim();
    SafetensorsWriter writer = new SafetensorsWriter();
    add(writer, "model.embed_tokens.weight", weights::embedding, sizes.vocabulary(), hidden);
    for (int i = 0; i < sizes.layers(); i++) {
      String prefix = "model.layers." + i + ".";
      int layer = i;
      add(writer, prefix + "input_layernorm.weight", PlantedWeights::ones, hidden);
      add(
          writer,
          prefix + "self_attn.q_proj.weight",
          (index, row) -> weights.query(layer, index, row),
          hidden,
          hidden);
      add(
          writer,
          prefix + "self_attn.k_proj.weight",
          (index, row) -> weights.key(layer, index, row),
          keys,
          hidden);
      add(writer, prefix + "self_attn.v_proj.weight", weights.reading(prefix + "v"), keys, hidden);
      add(
          writer,
          prefix + "self_attn.o_proj.weight",
          weights.writing(prefix + "o", PlantedWeights.ATTENTION_SHARE),
          hidden,
          hidden);
      add(writer, prefix + "post_attention_layernorm.weight", PlantedWeights::ones, hidden);
      add(writer, prefix + "mlp.gate_proj.weight", weights.reading(prefix + "gate"), inner, hidden);
      add(writer, prefix + "mlp.up_proj.weight", weights.reading(prefix + "up"), inner, hidden);
      add(
          writer,
          prefix + "mlp.down_proj.weight",
          weights.writing(prefix + "down", PlantedWeights.FEED_FORWARD_SHARE),
          hidden,
          inner);
    }
    add(writer, "model.norm.weight", PlantedWeights::ones, hidden);
    add(writer, "lm_head.weight", weights::output, sizes.vocabulary(), hidden);
    return writer;
  }

  private void add(
      SafetensorsWriter writer, String name, SafetensorsWriter.Rows rows, long... shape) {
    writer.add(name, sizes.type(), Arrays.stream(shape).boxed().toList(), rows);
  }
}
