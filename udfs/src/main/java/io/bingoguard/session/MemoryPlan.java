package io.bingoguard.session;

import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.device.Device;
import java.util.IntSummaryStatistics;

/**
 * How a device's memory is divided among weights and passes.
 *
 * @param arenaBytes most bytes of ONNX Runtime's arena, which holds prefixes and the tensors of a
 *     pass; the weights are allocated beside it
 * @param packTokens tokens of a pass that fit into it
 */
public record MemoryPlan(long arenaBytes, int packTokens) {
  /** More tokens in a pass gain nothing: the matrix products fill any device long before. */
  public static final int MOST_PACK_TOKENS = 16_384;

  private static final int LEAST_PACK_TOKENS = 64;

  /** Left to CUDA's context, cuBLAS's workspaces and others. */
  private static final double ARENA_SHARE = 0.9;

  /** Fragments, and tensors that live longer than counted here. */
  private static final double PASS_SHARE = 0.6;

  /** Requests are hardly shorter than this, so a pass has at most a request in so many tokens. */
  private static final int SHORT_REQUEST = 64;

  private static final int CHOICES_PER_REQUEST = 3;

  /**
   * Divides memory for a model. A pass token is counted with the tensors of one layer that live at
   * once: eight of hidden size (residual stream, norms, attention and feed-forward outputs), three
   * of the feed-forward block's, and the padded queries, keys, values and results of attention at
   * one and a half times their size; and with its share of the expanded prefix and of the logits,
   * which are fp32 and exist three times over.
   *
   * @param freeBytes free memory before the weights are there
   * @param prefixTokens tokens of each of the prompt pack's shared prefixes
   * @throws io.bingoguard.guard.GuardException {@code MODEL_EXCEEDS_MEMORY}
   */
  public static MemoryPlan of(
      LlamaConfig config,
      Precision precision,
      Device device,
      long freeBytes,
      IntSummaryStatistics prefixTokens) {
    long element = precision == Precision.FP32 ? 4 : 2;
    long weights = parameters(config) * element;
    long arena = (long) (ARENA_SHARE * (freeBytes - weights));
    if (arena <= 0) {
      throw SessionErrors.modelExceedsMemory(device.toString(), freeBytes, weights);
    }
    long keyValues = 2L * config.keyValueWidth();
    long activations =
        element
            * (8L * config.hiddenSize()
                + 3L * config.intermediateSize()
                + 3 * (2L * config.hiddenSize() + keyValues) / 2);
    long prefix = element * keyValues * prefixTokens.getMax() / SHORT_REQUEST;
    long logits = 3L * 4 * config.vocabSize() * CHOICES_PER_REQUEST / SHORT_REQUEST;
    // The shared prefixes of all tasks stay in the arena.
    long prefixes = prefixTokens.getSum() * element * keyValues * config.layers();
    long tokens = (long) (PASS_SHARE * (arena - prefixes)) / (activations + prefix + logits);
    return new MemoryPlan(
        arena, (int) Math.max(LEAST_PACK_TOKENS, Math.min(MOST_PACK_TOKENS, tokens)));
  }

  /** Number of weights. */
  public static long parameters(LlamaConfig config) {
    long hidden = config.hiddenSize();
    long queries = (long) config.heads() * config.headDim();
    long attention = hidden * (2 * queries + 2L * config.keyValueWidth());
    long feedForward = 3 * hidden * config.intermediateSize();
    long embeddings = hidden * config.vocabSize() * (config.tieWordEmbeddings() ? 1 : 2);
    return embeddings + config.layers() * (attention + feedForward + 2 * hidden) + hidden;
  }
}
