package io.bingoguard.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Fields of a {@code config.json} that belong to relatives of Llama, whose arithmetic the graph
 * does not have. Transformers' own Llama leaves some of them out without a word; a checkpoint that
 * has them was trained with them.
 */
final class OtherModels {
  private static final String NEUTRAL_FACTOR = "1";

  /** Factors that are computed only when they change nothing (Granite, MiniCPM, Cohere, Falcon). */
  private static final List<String> FACTORS =
      List.of(
          "logits_scaling",
          "residual_multiplier",
          "embedding_multiplier",
          "logit_scale",
          "lm_head_multiplier",
          "scale_emb");

  /** Whatever their value is, unless it is missing, false, 0 or empty. */
  private static final Map<String, String> ABSENT =
      Map.ofEntries(
          Map.entry("attention_multiplier", "the root of head_dim as divisor"),
          Map.entry("query_pre_attn_scalar", "the root of head_dim as divisor"),
          Map.entry("scale_depth", "residuals that are not scaled"),
          Map.entry("dim_model_base", "logits that are not scaled"),
          Map.entry("attn_logit_softcapping", "attention without a cap"),
          Map.entry("final_logit_softcapping", "logits without a cap"),
          Map.entry("clip_qkv", "queries, keys and values that are not clipped"),
          Map.entry("qk_norm", "queries and keys without a norm"),
          Map.entry("use_qk_norm", "queries and keys without a norm"),
          Map.entry("qkv_bias", "projections without biases"),
          Map.entry("use_bias", "projections without biases"),
          Map.entry("alibi", "the rotary embedding"),
          Map.entry("use_parallel_residual", "blocks one after the other"),
          Map.entry("parallel_attn", "blocks one after the other"),
          Map.entry("num_local_experts", "one feed-forward block a layer"),
          Map.entry("num_experts", "one feed-forward block a layer"),
          Map.entry("no_rope_layers", "the rotary embedding in every layer"),
          Map.entry("no_rope_layer_interval", "the rotary embedding in every layer"),
          Map.entry("attention_chunk_size", "attention to all tokens before"),
          Map.entry("use_bidirectional_attention", "causal attention"),
          Map.entry("auto_map", "the code of transformers, none of the checkpoint's own"));

  private OtherModels() {}

  /** Refuses the first field that would make another model. */
  static void refuse(ConfigFields config, int maxPositions) {
    for (String factor : FACTORS) {
      if (config.find(factor).filter(value -> !isNumber(value, 1)).isPresent()) {
        throw config.unsupported(factor, NEUTRAL_FACTOR);
      }
    }
    ABSENT.forEach(
        (field, supported) -> {
          if (config.find(field).filter(value -> !isNothing(value)).isPresent()) {
            throw config.unsupported(field, supported);
          }
        });
    if (config.find("sliding_window").isPresent()
        && config.flag("use_sliding_window", true)
        && config.size("sliding_window", LlamaConfig.MAX_POSITIONS) < maxPositions) {
      throw config.unsupported("sliding_window", "attention to all tokens before");
    }
    config
        .find("layer_types")
        .ifPresent(
            layers -> {
              for (JsonNode layer : layers) {
                if (!layer.asText().equals("full_attention")) {
                  throw config.unsupported("layer_types", "full_attention in every layer");
                }
              }
            });
  }

  private static boolean isNumber(JsonNode value, double wanted) {
    return value.isNumber() && value.doubleValue() == wanted;
  }

  private static boolean isNothing(JsonNode value) {
    return isNumber(value, 0)
        || (value.isBoolean() && !value.booleanValue())
        || (value.isContainerNode() && value.isEmpty());
  }
}
