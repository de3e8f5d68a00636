package io.bingoguard.score;

import java.util.List;
import java.util.Objects;

/**
 * The limits of packs on one device. They shrink when a pack did not fit into its memory, and stay
 * so: what did not fit once would fail again. Written by one thread, read by any.
 */
public final class PackBudget {
  private volatile PackLimits limits;

  public PackBudget(PackLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  public PackLimits limits() {
    return limits;
  }

  /** Halves what a pack that did not fit had; a pack of one request says nothing of packs. */
  void exceededBy(List<ScoreRequest> pack) {
    if (pack.size() < 2) {
      return;
    }
    int tokens = pack.stream().mapToInt(ScoreRequest::passTokens).sum();
    long cells = PackLimits.attentionCells(pack);
    limits =
        new PackLimits(
            Math.min(limits.tokens(), Math.max(1, tokens / 2)),
            limits.bucket(),
            Math.min(limits.attentionCells(), Math.max(1, cells / 2)));
  }
}
