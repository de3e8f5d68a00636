package io.bingoguard.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/**
 * Requests that wait for a pass, by shared prefix and longest first: a pack has one prefix, and
 * requests of like length waste little attention padding. Not safe for use by several threads.
 */
public final class PackQueue {
  /**
   * A request that somebody waits for.
   *
   * @param request the request
   * @param scores completed when it is scored
   * @param since when the waiting began, by {@link System#nanoTime}
   */
  public record Waiting(ScoreRequest request, CompletableFuture<ChoiceScores> scores, long since) {
    public Waiting(ScoreRequest request) {
      this(request, new CompletableFuture<>(), System.nanoTime());
    }
  }

  private static final Comparator<Waiting> LONGEST_FIRST =
      Comparator.comparingInt((Waiting waiting) -> waiting.request().passTokens()).reversed();

  private static final class Lane {
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(LONGEST_FIRST);
    private long tokens;
  }

  private final PackBudget budget;
  private final Map<SharedPrefix, Lane> lanes = new HashMap<>();

  public PackQueue(PackBudget budget) {
    this.budget = budget;
  }

  public void add(Waiting waiting) {
    Lane lane = lanes.computeIfAbsent(waiting.request().prefix(), prefix -> new Lane());
    lane.waiting.add(waiting);
    lane.tokens += waiting.request().passTokens();
  }

  /**
   * Takes the next pack from the fullest lane, leaving out requests that nobody waits for any more.
   *
   * @return requests with one prefix, longest first; empty when nothing waits
   */
  public List<Waiting> next() {
    List<Waiting> pack = new ArrayList<>();
    while (pack.isEmpty() && !lanes.isEmpty()) {
      Map.Entry<SharedPrefix, Lane> fullest =
          lanes.entrySet().stream()
              .max(Comparator.comparingLong(entry -> entry.getValue().tokens))
              .orElseThrow();
      fill(pack, fullest.getKey(), fullest.getValue());
      if (fullest.getValue().waiting.isEmpty()) {
        lanes.remove(fullest.getKey());
      }
    }
    return pack;
  }

  private void fill(List<Waiting> pack, SharedPrefix prefix, Lane lane) {
    PackLimits limits = budget.limits();
    long tokens = 0;
    while (!lane.waiting.isEmpty()) {
      Waiting candidate = lane.waiting.peek();
      int longest = (pack.isEmpty() ? candidate : pack.get(0)).request().passTokens();
      long cells = (pack.size() + 1L) * longest * (longest + prefix.length());
      int length = candidate.request().passTokens();
      boolean full = tokens + length > limits.tokens() || cells > limits.attentionCells();
      if (full && !pack.isEmpty()) {
        return;
      }
      lane.waiting.remove();
      lane.tokens -= length;
      if (!candidate.scores().isDone()) {
        pack.add(candidate);
        tokens += length;
      }
    }
  }
}
