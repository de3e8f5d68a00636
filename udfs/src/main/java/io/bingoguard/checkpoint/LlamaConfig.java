package io.bingoguard.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The sizes and constants of a Llama checkpoint, from the {@code config.json} that Hugging Face
 * transformers writes.
 *
 * @param hiddenSize elements of the residual stream
 * @param intermediateSize elements inside the feed-forward block
 * @param layers decoder layers
 * @param heads query heads
 * @param kvHeads key-value heads, a divisor of {@code heads}
 * @param headDim elements of a head, even
 * @param vocabSize rows of the embedding and of the output layer
 * @param maxPositions positions that the model claims to handle
 * @param rmsNormEps added to the mean square before the root
 * @param tieWordEmbeddings whether the output layer is the embedding
 * @param rope rotary position embedding
 */
public record LlamaConfig(
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int vocabSize,
    int maxPositions,
    double rmsNormEps,
    boolean tieWordEmbeddings,
    RopeConfig rope) {
  /** Upper bounds that leave room above any known model and make every product fit a long. */
  static final int MAX_POSITIONS = 1 << 30;

  private static final int MAX_WIDTH = 1 << 20;
  private static final int MAX_LAYERS = 1 << 12;
  private static final int MAX_HEADS = 1 << 12;
  private static final int MAX_HEAD_DIM = 1 << 12;
  private static final int MAX_VOCABULARY = 1 << 24;
  private static final long MAX_FILE_BYTES = 1_000_000;

  private static final String ARCHITECTURE = "LlamaForCausalLM";
  private static final String MODEL_TYPE = "llama";

  public LlamaConfig {
    requireRange(hiddenSize, MAX_WIDTH, "hiddenSize");
    requireRange(intermediateSize, MAX_WIDTH, "intermediateSize");
    requireRange(layers, MAX_LAYERS, "layers");
    requireRange(heads, MAX_HEADS, "heads");
    requireRange(kvHeads, heads, "kvHeads");
    requireRange(headDim, MAX_HEAD_DIM, "headDim");
    requireRange(vocabSize, MAX_VOCABULARY, "vocabSize");
    requireRange(maxPositions, MAX_POSITIONS, "maxPositions");
    if (heads % kvHeads != 0 || headDim % 2 != 0 || !(rmsNormEps > 0)) {
      throw new IllegalArgumentException(
          "kvHeads must divide heads, headDim be even, rmsNormEps be positive");
    }
    Objects.requireNonNull(rope, "rope");
  }

  /**
   * Reads and checks a {@code config.json}. Missing fields take the values that transformers' own
   * {@code LlamaConfig} gives them.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_FILE_MISSING}, {@code
   *     MODEL_FILE_UNREADABLE}, {@code MODEL_JSON_INVALID}, {@code MODEL_CONFIG_INVALID} for a
   *     value that makes no sense, {@code MODEL_UNSUPPORTED} for a model that is no plain Llama
   */
  public static LlamaConfig read(Path configJson) {
    return read(configJson, JsonFiles.readObject(configJson, MAX_FILE_BYTES));
  }

  private static LlamaConfig read(Path file, JsonNode root) {
    ConfigFields config = new ConfigFields(file, root);
    requirePlainLlama(config);
    int hiddenSize = config.size("hidden_size", MAX_WIDTH);
    int heads = config.size("num_attention_heads", MAX_HEADS);
    int kvHeads = config.size("num_key_value_heads", MAX_HEADS, heads);
    if (heads % kvHeads != 0) {
      throw config.invalid("num_key_value_heads", "a divisor of num_attention_heads, " + heads);
    }
    int maxPositions = config.size("max_position_embeddings", MAX_POSITIONS, 2048);
    OtherModels.refuse(config, maxPositions);
    return new LlamaConfig(
        hiddenSize,
        config.size("intermediate_size", MAX_WIDTH),
        config.size("num_hidden_layers", MAX_LAYERS),
        heads,
        kvHeads,
        headDim(config, hiddenSize, heads),
        config.size("vocab_size", MAX_VOCABULARY),
        maxPositions,
        config.positive("rms_norm_eps", 1e-6),
        config.flag("tie_word_embeddings", false),
        RopeConfigReader.read(config, maxPositions));
  }

  /** The same with an output layer of its own. */
  LlamaConfig untied() {
    return new LlamaConfig(
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        kvHeads,
        headDim,
        vocabSize,
        maxPositions,
        rmsNormEps,
        false,
        rope);
  }

  /** Elements of all query heads together. */
  public int queryWidth() {
    return heads * headDim;
  }

  /** Elements of all key heads together, and of all value heads. */
  public int keyValueWidth() {
    return kvHeads * headDim;
  }

  private static int headDim(ConfigFields config, int hiddenSize, int heads) {
    if (config.find("head_dim").isEmpty() && hiddenSize % heads != 0) {
      throw config.invalid("hidden_size", "a multiple of num_attention_heads, " + heads);
    }
    int headDim = config.size("head_dim", MAX_HEAD_DIM, hiddenSize / heads);
    if (headDim % 2 != 0 || headDim > MAX_HEAD_DIM) {
      throw config.invalid("head_dim", "an even number up to " + MAX_HEAD_DIM);
    }
    return headDim;
  }

  private static void requirePlainLlama(ConfigFields config) {
    boolean named = config.find("architectures").isPresent();
    if (named && !listsArchitecture(config.find("architectures").orElseThrow())) {
      throw config.unsupported("architectures", ARCHITECTURE);
    }
    String type = config.text("model_type").orElse(named ? MODEL_TYPE : "");
    if (!type.equals(MODEL_TYPE)) {
      throw config.unsupported("model_type", MODEL_TYPE);
    }
    if (!config.text("hidden_act").orElse("silu").equals("silu")) {
      throw config.unsupported("hidden_act", "silu");
    }
    if (config.flag("attention_bias", false)) {
      throw config.unsupported("attention_bias", "false");
    }
    if (config.flag("mlp_bias", false)) {
      throw config.unsupported("mlp_bias", "false");
    }
    if (config.find("quantization_config").isPresent()) {
      throw config.unsupported("quantization_config", "weights in F32, F16 or BF16");
    }
  }

  private static boolean listsArchitecture(JsonNode architectures) {
    for (JsonNode name : architectures) {
      if (name.asText().equals(ARCHITECTURE)) {
        return true;
      }
    }
    return false;
  }

  private static void requireRange(int value, int max, String name) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + " must be from 1 to " + max + ", not " + value);
    }
  }
}
