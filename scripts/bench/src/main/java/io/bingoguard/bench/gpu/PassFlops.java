package io.bingoguard.bench.gpu;

import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.ScoreRequest;
import java.util.List;

/**
 * How many floating-point operations a pass needs, counting a multiplication and its addition as
 * two:
 *
 * <ul>
 *   <li>2 x the parameters of a layer's matrices for each computed token and layer, tokens that
 *       fill a bucket up included; in the last layer only the choice positions go on after the
 *       keys, values and queries, so only they count there;
 *   <li>2 x the parameters of the output layer for each choice position;
 *   <li>4 x the elements of all query heads for each layer, token and earlier token it attends to,
 *       the shared prefix included: a request of n tokens behind p has n p + n (n + 1) / 2 such
 *       pairs. Attention's own padding does not count as work.
 * </ul>
 *
 * <p>Embedding, norms and the rotary embedding are left out.
 */
record PassFlops(LlamaConfig config) {
  /**
   * Operations of one pass.
   *
   * @param pack its requests
   * @param limits what it is padded to
   */
  double of(List<ScoreRequest> pack, PackLimits limits) {
    int useful = pack.stream().mapToInt(ScoreRequest::passTokens).sum();
    double computed = limits.padded(useful);
    double choices = pack.stream().mapToInt(request -> request.choices().steps()).sum();
    double hidden = config.hiddenSize();
    double projections = hidden * (config.queryWidth() + 2.0 * config.keyValueWidth());
    double others = hidden * config.queryWidth() + 3 * hidden * config.intermediateSize();
    double matrices =
        2 * computed * (config.layers() * projections + (config.layers() - 1) * others)
            + 2 * choices * (others + hidden * config.vocabSize());
    double attention = 0;
    for (ScoreRequest request : pack) {
      double tokens = request.passTokens();
      attention += tokens * request.prefix().length() + tokens * (tokens + 1) / 2;
    }
    return matrices + 4 * attention * config.queryWidth() * config.layers();
  }
}
