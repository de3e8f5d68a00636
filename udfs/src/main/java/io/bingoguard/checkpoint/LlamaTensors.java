package io.bingoguard.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * The weights of a Llama checkpoint by what they are for. Matrices are stored as transformers'
 * {@code nn.Linear} stores them: one row for each output element.
 *
 * @param embedding {@code [vocabSize, hiddenSize]}
 * @param layers one element for each decoder layer, first layer first
 * @param norm {@code [hiddenSize]}
 * @param lmHead {@code [vocabSize, hiddenSize]}; the embedding itself if the config ties them
 */
public record LlamaTensors(
    TensorLocation embedding,
    List<LlamaTensors.Layer> layers,
    TensorLocation norm,
    TensorLocation lmHead) {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String LM_HEAD = "lm_head.weight";

  public LlamaTensors {
    layers = List.copyOf(layers);
  }

  /**
   * The weights of one decoder layer.
   *
   * @param inputNorm {@code [hiddenSize]}
   * @param query {@code [heads * headDim, hiddenSize]}
   * @param key {@code [kvHeads * headDim, hiddenSize]}
   * @param value {@code [kvHeads * headDim, hiddenSize]}
   * @param attentionOutput {@code [hiddenSize, heads * headDim]}
   * @param postAttentionNorm {@code [hiddenSize]}
   * @param gate {@code [intermediateSize, hiddenSize]}
   * @param up {@code [intermediateSize, hiddenSize]}
   * @param down {@code [hiddenSize, intermediateSize]}
   */
  public record Layer(
      TensorLocation inputNorm,
      TensorLocation query,
      TensorLocation key,
      TensorLocation value,
      TensorLocation attentionOutput,
      TensorLocation postAttentionNorm,
      TensorLocation gate,
      TensorLocation up,
      TensorLocation down) {}

  /** Finds and checks a tensor by its name and shape. */
  @FunctionalInterface
  interface Finder {
    TensorLocation tensor(String name, long... expectedShape);
  }

  /** Finds and checks every tensor that the config calls for; throws on the first that is amiss. */
  static LlamaTensors locate(LlamaConfig config, Finder checkpoint) {
    long hidden = config.hiddenSize();
    long vocabulary = config.vocabSize();
    TensorLocation embedding = checkpoint.tensor(EMBEDDING, vocabulary, hidden);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      layers.add(layer(config, checkpoint, "model.layers." + i + "."));
    }
    TensorLocation norm = checkpoint.tensor("model.norm.weight", hidden);
    TensorLocation lmHead =
        config.tieWordEmbeddings() ? embedding : checkpoint.tensor(LM_HEAD, vocabulary, hidden);
    return new LlamaTensors(embedding, layers, norm, lmHead);
  }

  private static Layer layer(LlamaConfig config, Finder checkpoint, String prefix) {
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    long queries = config.queryWidth();
    long keys = config.keyValueWidth();
    return new Layer(
        checkpoint.tensor(prefix + "input_layernorm.weight", hidden),
        checkpoint.tensor(prefix + "self_attn.q_proj.weight", queries, hidden),
        checkpoint.tensor(prefix + "self_attn.k_proj.weight", keys, hidden),
        checkpoint.tensor(prefix + "self_attn.v_proj.weight", keys, hidden),
        checkpoint.tensor(prefix + "self_attn.o_proj.weight", hidden, queries),
        checkpoint.tensor(prefix + "post_attention_layernorm.weight", hidden),
        checkpoint.tensor(prefix + "mlp.gate_proj.weight", inner, hidden),
        checkpoint.tensor(prefix + "mlp.up_proj.weight", inner, hidden),
        checkpoint.tensor(prefix + "mlp.down_proj.weight", hidden, inner));
  }
}
