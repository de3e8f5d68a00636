package io.bingoguard.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tensors that a checkpoint holds and the architecture has no place for: biases without their flag,
 * norms of queries and keys, layers beyond the config, adapters. What was trained with them is
 * another model without them.
 */
final class UnusedTensors {
  /** Tables that older releases of transformers stored; they follow from the config. */
  private static final Pattern ROTARY_TABLE =
      Pattern.compile(
          "model\\.(layers\\.\\d+\\.self_attn\\.)?rotary_emb\\."
              + "(inv_freq|original_inv_freq|cos_cached|sin_cached)");

  private UnusedTensors() {}

  static void refuse(WeightFiles weights, Collection<String> used) {
    Set<String> known = Set.copyOf(used);
    List<String> unused =
        weights
            .tensors()
            .filter(name -> !known.contains(name) && !ROTARY_TABLE.matcher(name).matches())
            .sorted()
            .toList();
    if (!unused.isEmpty()) {
      throw CheckpointErrors.tensorsUnused(weights.source(), unused);
    }
  }
}
